/// Something that is done once, by the thread that comes first.
#pragma once

#include "rt/sync/mutex.h"

namespace rt::sync {

/// Has the first thread do something, and all others wait until it is done.
///     static constinit rt::Once opened{"the log is opened"};
///     opened.run([] { ... });
class Once {
public:
    /// `name` says in messages which one it is; it is kept.
    explicit constexpr Once(const char *name) : mutex_(name) {}

    /// Runs `function` if that has not been done, and returns after it has been done, by whichever
    /// thread. The function runs under a mutex: it must not come here again, and calls no domain.
    template <class Function>
    void run(Function function) {
        if (__atomic_load_n(&is_done_, __ATOMIC_ACQUIRE)) {
            return;
        }
        const Lock lock(mutex_);
        if (!is_done_) {
            function();
            __atomic_store_n(&is_done_, true, __ATOMIC_RELEASE);
        }
    }

private:
    Mutex mutex_;
    bool is_done_ = false;
};

} // namespace rt::sync
