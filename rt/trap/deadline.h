/// Calls that end in time: a domain that still runs then is cut.
#pragma once

#include <stdint.h>

#include "rt/gate/call.h"

namespace rt::trap {

/// While it lives, this thread's domains run until its end at most, or that of an outer one which
/// is earlier. The kernel's timer sends a signal then, and again each millisecond; a signal that
/// comes when no domain runs, or when another call has begun, does nothing.
class Deadline {
public:
    explicit Deadline(uint64_t nanoseconds);
    ~Deadline();
    Deadline(const Deadline &) = delete;
    Deadline &operator=(const Deadline &) = delete;

private:
    uint64_t outer_;
};

/// Whether the earliest deadline of this thread has passed; false without one.
bool is_deadline_over();

/// Runs `entry` in `domain` as rt::call does, but for at most `nanoseconds` from now: then the
/// domain's call is over with Fault{deadline}, wherever it was, also between two calls into other
/// domains, which end in the same way, the innermost first. What runs in the monitor on the
/// domain's behalf, a service, is not cut: the call ends when it returns. Three system calls each
/// time, which cost much more than the call: for calls that can be expected to take long. Cheap
/// ones come with threads.
template <Domain domain, class Function, class... Arguments>
auto call_within(uint64_t nanoseconds, Function entry, Arguments... arguments) {
    const Deadline deadline(nanoseconds);
    return gate::call<domain>(entry, arguments...);
}

} // namespace rt::trap
