/// System calls by which processes wait for each other on words of shared memory.
#include "rt/sys/futex.h"

#include <asm/unistd.h>
#include <linux/futex.h>
#include <linux/time.h>
#include <linux/time_types.h>

#include "rt/sys/call.h"

namespace rt::sys {

using base::Done;
using base::Result;

Result<Done> wait_while(const volatile uint32_t &word, uint32_t seen, uint64_t nanoseconds) {
    const __kernel_timespec time{static_cast<__kernel_time64_t>(nanoseconds / 1'000'000'000),
                                 static_cast<long long>(nanoseconds % 1'000'000'000)};
    return result_of<Done>(
        call_raw(__NR_futex, &word, FUTEX_WAIT, seen, nanoseconds == 0 ? nullptr : &time));
}

void wake_one(const volatile uint32_t &word) {
    constexpr long waiters = 1;
    static_cast<void>(call_raw(__NR_futex, &word, FUTEX_WAKE, waiters));
}

void yield() {
    static_cast<void>(call_raw(__NR_sched_yield));
}

} // namespace rt::sys
