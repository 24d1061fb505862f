/// A mutex of the monitor's own: a futex word of three values.
#include "rt/sync/mutex.h"

#include "rt/base/panic.h"
#include "rt/base/slot.h"
#include "rt/sys/futex.h"

namespace rt::sync {

namespace {

constexpr uint32_t free = 0, held = 1, slept_for = 2;

} // namespace

bool Mutex::try_lock() {
    uint32_t seen = free;
    if (!__atomic_compare_exchange_n(&word_, &seen, held, false, __ATOMIC_ACQUIRE,
                                     __ATOMIC_RELAXED)) {
        return false;
    }
    __atomic_store_n(&holder_, &base::slot(), __ATOMIC_RELAXED);
    base::count_locks(1);
    return true;
}

void Mutex::lock() {
    if (base::is_handling()) {
        base::panic("the monitor itself: a signal handler locks a mutex, {}: the code that it "
                    "interrupted may hold it. Let the handler make a note, and lock where the "
                    "program waits",
                    name_);
    }
    if (!try_lock()) {
        sleep_until_taken();
    }
}

void Mutex::unlock() {
    if (!is_held_here()) {
        base::panic("the monitor itself: a thread unlocks a mutex, {}, that it does not hold: "
                    "unlock it on the thread that locked it",
                    name_);
    }
    __atomic_store_n(&holder_, nullptr, __ATOMIC_RELAXED);
    base::count_locks(-1);
    if (__atomic_exchange_n(&word_, free, __ATOMIC_RELEASE) == slept_for) {
        sys::wake_sleepers(word_, 1);
    }
}

/// No other thread stores this one's slot there.
bool Mutex::is_held_here() const {
    return __atomic_load_n(&holder_, __ATOMIC_RELAXED) == &base::slot();
}

/// A thread that has slept does not know whether others sleep, so it takes the mutex as slept for.
void Mutex::sleep_until_taken() {
    if (is_held_here()) {
        base::panic("the monitor itself: a thread locks a mutex, {}, that it holds already: it "
                    "would wait for itself",
                    name_);
    }
    while (__atomic_exchange_n(&word_, slept_for, __ATOMIC_ACQUIRE) != free) {
        static_cast<void>(sys::sleep_while(word_, slept_for, sys::never));
    }
    __atomic_store_n(&holder_, &base::slot(), __ATOMIC_RELAXED);
    base::count_locks(1);
}

void panic_if_any_is_held() {
    if (base::slot().locks != 0) {
        base::panic("the monitor itself: a domain is called while this thread holds {} of its "
                    "mutexes: unlock before the call, because a domain may run as long as it likes",
                    base::slot().locks);
    }
}

} // namespace rt::sync
