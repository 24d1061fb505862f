/// System calls by which processes wait for each other on words of shared memory.
#pragma once

#include <stdint.h>

#include "rt/base/result.h"
#include "rt/sys/child.h"

namespace rt::sys {

/// Waits while `word` is `seen`, in memory that processes share, for at most `nanoseconds`; 0 for
/// any time. ETIMEDOUT after that time. EAGAIN if it is another value;
/// EINTR after a signal: that of a passed deadline, too. It may return without a reason.
/// [futex(2) FUTEX_WAIT]
base::Result<base::Done> wait_while(const volatile uint32_t &word, uint32_t seen,
                                    uint64_t nanoseconds);

/// Wakes one process that waits for `word`. [futex(2) FUTEX_WAKE]
void wake_one(const volatile uint32_t &word);

/// Lets other programs of this core run first. [sched_yield(2)]
void yield();

} // namespace rt::sys
