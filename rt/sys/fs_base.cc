/// Where this thread's fs points, and the record that gates compare it with.
#include "rt/sys/fs_base.h"

#include <asm/prctl.h>
#include <asm/unistd.h>

#include "rt/base/slot.h"
#include "rt/sys/call.h"

namespace rt::sys {

void record_fs_base() {
    uint64_t base;
    asm volatile("rdfsbase %0" : "=r"(base)); // [sdm-2 RDFSBASE]
    base::slot().fs_base = base;
}

base::Result<base::Done> set_fs_base(const volatile void *base) {
    const auto done = result_of<base::Done>(call_raw(__NR_arch_prctl, ARCH_SET_FS, base));
    if (done) {
        record_fs_base();
    }
    return done;
}

} // namespace rt::sys
