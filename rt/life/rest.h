/// Rests of domains that fault too often.
#pragma once

#include "rt/life/policy.h"

namespace rt::life {

// Times are nanoseconds of the monotonic clock. The caller reads it, so that tests feed it.

/// Whether times matter to `policy`. Without such a policy no clock is read.
constexpr bool is_counted(const Policy &policy) {
    return policy.times != 0 || policy.shortest_life != 0;
}

/// Notes that a life of `domain` begins at `now`.
void note_life(Domain domain, uint64_t now);

/// Counts a fault that ends a life at `now`. Whether a rest is to follow: there were too many in
/// this second, or the life was too short.
bool count_fault(const Policy &policy, uint64_t now);

/// Lets `domain` rest from `now` on.
void begin_rest(Domain domain, uint64_t now);

/// Ends the rest of a resting domain if it is over at `now`.
void end_rest_in_time(Domain domain, uint64_t now);

} // namespace rt::life
