/// Where this thread's fs points, and the record that gates compare it with.
#include "rt/sys/fs_base.h"

#include <asm/prctl.h>
#include <asm/unistd.h>

#include "rt/base/slot.h"
#include "rt/sys/call.h"

namespace rt::sys {

namespace {

uint64_t fs_base() {
    uint64_t base;
    asm volatile("rdfsbase %0" : "=r"(base)); // [sdm-2 RDFSBASE]
    return base;
}

} // namespace

void record_fs_base() {
    base::slot().fs_base = fs_base();
}

base::Result<base::Done> set_fs_base(const volatile void *base) {
    const auto done = result_of<base::Done>(call_raw(__NR_arch_prctl, ARCH_SET_FS, base));
    if (!done) {
        return done;
    }
    base::slot().fs_base = reinterpret_cast<uint64_t>(base);
    if (fs_base() == base::slot().fs_base) {
        return done;
    }
    // A signal came in between: the trap entry has made fs what the record said.
    return result_of<base::Done>(call_raw(__NR_arch_prctl, ARCH_SET_FS, base));
}

} // namespace rt::sys
