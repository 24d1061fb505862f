/// Waiting until another thread has changed something.
#pragma once

#include <stdint.h>

#include "rt/base/result.h"
#include "rt/sync/mutex.h"
#include "rt/sys/timer.h"

namespace rt::sync {

/// What threads wait for that look at data under a mutex:
///     const rt::Lock lock(mutex);
///     while (queue.is_empty()) { static_cast<void>(changed.wait(mutex)); }
/// A thread that changes the data holds the mutex meanwhile, and notifies with it or afterwards.
class Condition {
public:
    constexpr Condition() = default;
    Condition(const Condition &) = delete;
    Condition &operator=(const Condition &) = delete;

    /// Frees the mutex, sleeps until the next notification, and takes the mutex again. A
    /// notification after the mutex was freed is not missed. ETIMEDOUT after `nanoseconds`;
    /// EINTR when the domain on whose behalf this thread waits has no time left. It may return
    /// without a reason, so look at the data again. [futex(2)]
    base::Result<base::Done> wait(Mutex &mutex, uint64_t nanoseconds = sys::never);

    /// Wakes one of the threads that wait, or all. A signal handler may do it.
    void notify_one();
    void notify_all();

private:
    void notify(uint32_t most);

    uint32_t notifications_ = 0;
    uint32_t waiting_ = 0;
};

} // namespace rt::sync
