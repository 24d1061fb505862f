/// Where this thread's fs points, and the record that gates compare it with.
#include "rt/sys/fs_base.h"

#include <asm/prctl.h>
#include <asm/unistd.h>

#include "rt/base/panic.h"
#include "rt/base/slot.h"
#include "rt/sys/call.h"
#include "rt/sys/random.h"

namespace rt::sys {

namespace {

uint64_t fs_base() {
    uint64_t base;
    asm volatile("rdfsbase %0" : "=r"(base)); // [sdm-2 RDFSBASE]
    return base;
}

} // namespace

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

void point_fs_to_canary() {
    base::Slot &slot = base::slot();
    uint64_t random = 0;
    base::must(fill_with_random(&random, sizeof random),
               "asking the kernel for the random canary of the stack protector (getrandom)");
    slot.thread_block = reinterpret_cast<uint64_t>(&slot.thread_block);
    slot.canary = random & ~uint64_t{0xff};
    base::must(set_fs_base(&slot.thread_block), "pointing fs to the canary (arch_prctl)");
}

} // namespace rt::sys
