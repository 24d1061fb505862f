/// A count of what there is to take.
#include "rt/sync/semaphore.h"

#include "rt/base/panic.h"
#include "rt/base/slot.h"
#include "rt/sys/futex.h"
#include "rt/sys/process.h"

namespace rt::sync {

using base::Done;
using base::Errno;
using base::Result;

bool Semaphore::try_acquire() {
    uint32_t seen = __atomic_load_n(&count_, __ATOMIC_SEQ_CST);
    while (seen != 0) {
        if (__atomic_compare_exchange_n(&count_, &seen, seen - 1, false, __ATOMIC_ACQUIRE,
                                        __ATOMIC_RELAXED)) {
            return true;
        }
    }
    return false;
}

Result<Done> Semaphore::acquire(uint64_t nanoseconds) {
    if (try_acquire()) {
        return Done{};
    }
    if (base::is_handling()) {
        base::panic("the monitor itself: a signal handler waits for a semaphore: use try_acquire, "
                    "or wait where the program waits");
    }
    const uint64_t now = sys::monotonic_nanoseconds();
    // One order for all threads: a release that sees nobody waiting comes before the next look.
    __atomic_add_fetch(&waiting_, 1, __ATOMIC_SEQ_CST);
    const auto taken =
        sleep_until_taken(nanoseconds < sys::never - now ? now + nanoseconds : sys::never);
    __atomic_sub_fetch(&waiting_, 1, __ATOMIC_RELAXED);
    return taken;
}

Result<Done> Semaphore::sleep_until_taken(uint64_t end) {
    while (!try_acquire()) {
        const uint64_t now = end == sys::never ? 0 : sys::monotonic_nanoseconds();
        if (now >= end) {
            return Errno::timed_out;
        }
        const auto woken = sys::sleep_while(count_, 0, end == sys::never ? end : end - now);
        if (!woken && woken.error() == Errno::interrupted) {
            return woken;
        }
    }
    return Done{};
}

void Semaphore::release() {
    __atomic_add_fetch(&count_, 1, __ATOMIC_SEQ_CST);
    if (__atomic_load_n(&waiting_, __ATOMIC_SEQ_CST) != 0) {
        sys::wake_sleepers(count_, 1);
    }
}

} // namespace rt::sync
