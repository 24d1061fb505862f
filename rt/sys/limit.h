/// The end of a wait that goes on after a signal.
#pragma once

#include <stdint.h>

#include "rt/sys/process.h"

namespace rt::sys {

/// The time of a wait without end.
inline constexpr uint32_t no_limit = UINT32_MAX;

/// A time from now on.
class Limit {
public:
    explicit Limit(uint32_t milliseconds)
        : endless_(milliseconds == no_limit),
          end_(monotonic_nanoseconds() + milliseconds * per_millisecond) {}

    /// What is left of it, in milliseconds, rounded up, as poll and epoll_wait take it: -1 is
    /// without end.
    int left() const {
        if (endless_) {
            return -1;
        }
        const uint64_t now = monotonic_nanoseconds();
        const uint64_t left = now < end_ ? (end_ - now + per_millisecond - 1) / per_millisecond : 0;
        return static_cast<int>(left < INT32_MAX ? left : INT32_MAX);
    }

private:
    static constexpr uint64_t per_millisecond = 1'000'000; // nanoseconds

    bool endless_;
    uint64_t end_;
};

} // namespace rt::sys
