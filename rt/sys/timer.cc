/// System calls on timers that send signals.
#include "rt/sys/timer.h"

#include <asm/unistd.h>
#include <linux/signal.h>
#include <linux/time.h>
#include <linux/time_types.h>

#include "rt/sys/call.h"

namespace rt::sys {

using base::Done;
using base::Result;

namespace {

constexpr int absolute = 1; // TIMER_ABSTIME, which is in no header of the UAPI

__kernel_timespec timespec_of(uint64_t nanoseconds) {
    return {static_cast<__kernel_time64_t>(nanoseconds / 1'000'000'000),
            static_cast<long long>(nanoseconds % 1'000'000'000)};
}

} // namespace

Result<Timer> create_timer(Signal signal) {
    sigevent event{};
    event.sigev_notify = SIGEV_SIGNAL;
    event.sigev_signo = static_cast<int>(signal);
    Timer timer;
    const auto done = result_of<Done>(call_raw(__NR_timer_create, CLOCK_MONOTONIC, &event, &timer));
    if (!done) {
        return done.error();
    }
    return timer;
}

Result<Done> set_timer(Timer timer, uint64_t when) {
    const __kernel_itimerspec times{{}, timespec_of(when)};
    return result_of<Done>(call_raw(__NR_timer_settime, timer, absolute, &times, 0));
}

Result<Done> repeat_timer(Timer timer, uint64_t interval) {
    const __kernel_itimerspec times{timespec_of(interval), timespec_of(interval)};
    return result_of<Done>(call_raw(__NR_timer_settime, timer, 0, &times, 0));
}

} // namespace rt::sys
