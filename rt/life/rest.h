/// Rests of domains that fault too often.
#pragma once

#include "rt/life/policy.h"

namespace rt::life {

/// Counts a restart that `policy` has made, of a life that ended at `now`, in nanoseconds of the
/// monotonic clock. Lets the domain rest if there were too many of them, or if the life was too
/// short.
void count_restart(const Policy &policy, uint64_t now);

/// Ends the rest of a resting domain if its time is over.
void end_rest_in_time(Domain domain);

} // namespace rt::life
