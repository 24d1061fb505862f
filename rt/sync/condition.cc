/// Waiting until another thread has changed something.
#include "rt/sync/condition.h"

#include "rt/sys/futex.h"

namespace rt::sync {

// Each side stores its own word before it loads the other's, in one order for all threads: a
// notification that sees nobody waiting comes before a waiter's look at the count.
base::Result<base::Done> Condition::wait(Mutex &mutex, uint64_t nanoseconds) {
    __atomic_add_fetch(&waiting_, 1, __ATOMIC_SEQ_CST);
    const uint32_t seen = __atomic_load_n(&notifications_, __ATOMIC_SEQ_CST);
    mutex.unlock();
    const auto woken = sys::sleep_while(notifications_, seen, nanoseconds);
    __atomic_sub_fetch(&waiting_, 1, __ATOMIC_RELAXED);
    mutex.lock();
    const bool is_changed = !woken && woken.error() == base::Errno::try_again;
    return is_changed ? base::Done{} : woken;
}

void Condition::notify(uint32_t most) {
    __atomic_add_fetch(&notifications_, 1, __ATOMIC_SEQ_CST);
    if (__atomic_load_n(&waiting_, __ATOMIC_SEQ_CST) != 0) {
        sys::wake_sleepers(notifications_, most);
    }
}

void Condition::notify_one() {
    notify(1);
}

void Condition::notify_all() {
    notify(INT32_MAX);
}

} // namespace rt::sync
