/// A count of what there is to take.
#pragma once

#include <stdint.h>

#include "rt/base/result.h"
#include "rt/sys/timer.h"

namespace rt::sync {

/// Counts what threads may take: `acquire` takes one and waits for one, `release` adds one. At most
/// 2^32 - 1.
class Semaphore {
public:
    explicit constexpr Semaphore(uint32_t count) : count_(count) {}
    Semaphore(const Semaphore &) = delete;
    Semaphore &operator=(const Semaphore &) = delete;

    /// Takes one, and sleeps until there is one. ETIMEDOUT after `nanoseconds`. EINTR when the
    /// domain on whose behalf this thread waits has no time left. Ends the program with a line in a
    /// signal handler that would have to wait. [futex(2)]
    base::Result<base::Done> acquire(uint64_t nanoseconds = sys::never);

    /// Takes one if there is one, and says whether there was.
    bool try_acquire();

    /// Adds one, and wakes a thread that waits for it. A signal handler may do it.
    void release();

private:
    base::Result<base::Done> sleep_until_taken(uint64_t end);

    uint32_t count_;
    uint32_t waiting_ = 0;
};

} // namespace rt::sync
