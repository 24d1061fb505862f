/// System calls by which processes, or threads, wait for each other on words of memory.
#pragma once

#include <stdint.h>

#include "rt/base/result.h"
#include "rt/sys/child.h"
#include "rt/sys/timer.h"

namespace rt::sys {

/// Waits while `word` is `seen`, in memory that processes share, for at most `nanoseconds`; 0 for
/// any time. ETIMEDOUT after that time. EAGAIN if it is another value;
/// EINTR after a signal: that of a passed deadline, too. It may return without a reason.
/// [futex(2) FUTEX_WAIT]
base::Result<base::Done> wait_while(const volatile uint32_t &word, uint32_t seen,
                                    uint64_t nanoseconds);

/// Wakes one process that waits for `word`. [futex(2) FUTEX_WAKE]
void wake_one(const volatile uint32_t &word);

/// Waits while `word`, of this process alone, is `seen`, for at most `nanoseconds`; `never` for any
/// time. ETIMEDOUT after that time. EAGAIN if it is another value; EINTR if the domain on whose
/// behalf it waits has no time left. It may return without a reason. [futex(2) FUTEX_WAIT_PRIVATE]
base::Result<base::Done> sleep_while(const uint32_t &word, uint32_t seen, uint64_t nanoseconds);

/// Wakes up to `most` threads that sleep on `word`. [futex(2) FUTEX_WAKE_PRIVATE]
void wake_sleepers(const uint32_t &word, uint32_t most);

/// Lets other programs of this core run first. [sched_yield(2)]
void yield();

} // namespace rt::sys
