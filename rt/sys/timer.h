/// System calls on timers that send signals.
#pragma once

#include <stdint.h>

#include "rt/base/result.h"
#include "rt/sys/signal.h"

namespace rt::sys {

/// A timer of this process, as the kernel numbers it.
enum class Timer : int {};

/// The latest time that the kernel takes.
inline constexpr uint64_t never = INT64_MAX;

/// A timer that sends `signal` to this process; a forked child does not have it. EAGAIN where
/// RLIMIT_SIGPENDING leaves no room for its signal. [timer_create(2)]
base::Result<Timer> create_timer(Signal signal);

/// Lets the timer go off once, at the time `when` of monotonic_nanoseconds; 0 stops it. A signal
/// that is under way still comes. [timer_settime(2)]
base::Result<base::Done> set_timer(Timer timer, uint64_t when);

/// Lets it go off every `interval` nanoseconds from now on; 0 stops it. As above.
base::Result<base::Done> repeat_timer(Timer timer, uint64_t interval);

} // namespace rt::sys
