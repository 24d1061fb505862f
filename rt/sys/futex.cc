/// System calls by which processes, or threads, wait for each other on words of memory.
#include "rt/sys/futex.h"

#include <asm/unistd.h>
#include <linux/futex.h>
#include <linux/time.h>
#include <linux/time_types.h>

#include "rt/sys/call.h"
#include "rt/sys/process.h"

namespace rt::sys {

using base::Done;
using base::Errno;
using base::Result;

namespace {

__kernel_timespec time_of(uint64_t nanoseconds) {
    return {static_cast<__kernel_time64_t>(nanoseconds / 1'000'000'000),
            static_cast<long long>(nanoseconds % 1'000'000'000)};
}

} // namespace

Result<Done> wait_while(const volatile uint32_t &word, uint32_t seen, uint64_t nanoseconds) {
    const __kernel_timespec time = time_of(nanoseconds);
    return result_of<Done>(
        call_raw(__NR_futex, &word, FUTEX_WAIT, seen, nanoseconds == 0 ? nullptr : &time));
}

void wake_one(const volatile uint32_t &word) {
    constexpr long waiters = 1;
    static_cast<void>(call_raw(__NR_futex, &word, FUTEX_WAKE, waiters));
}

Result<Done> sleep_while(const uint32_t &word, uint32_t seen, uint64_t nanoseconds) {
    const bool endless = nanoseconds == never;
    const uint64_t begin = endless ? 0 : monotonic_nanoseconds();
    for (uint64_t passed = 0; passed < nanoseconds;) {
        const __kernel_timespec time = time_of(nanoseconds - passed);
        const auto woken = result_of<Done>(
            call_raw(__NR_futex, &word, FUTEX_WAIT_PRIVATE, seen, endless ? nullptr : &time));
        if (!is_to_go_on(woken)) {
            return woken;
        }
        passed = endless ? 0 : monotonic_nanoseconds() - begin;
    }
    return Errno::timed_out;
}

void wake_sleepers(const uint32_t &word, uint32_t most) {
    static_cast<void>(call_raw(__NR_futex, &word, FUTEX_WAKE_PRIVATE, most));
}

void yield() {
    static_cast<void>(call_raw(__NR_sched_yield));
}

} // namespace rt::sys
