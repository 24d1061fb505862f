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

/// A timer that sends `signal` to this process. Its time is that of monotonic_nanoseconds; a forked
/// child does not have it. [timer_create(2)]
base::Result<Timer> create_timer(Signal signal);

/// Lets the timer go off at the time `first`, and then every `interval` nanoseconds; a first of 0
/// stops it. A signal that is under way still comes. [timer_settime(2)]
base::Result<base::Done> set_timer(Timer timer, uint64_t first, uint64_t interval);

} // namespace rt::sys
