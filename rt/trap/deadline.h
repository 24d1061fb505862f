/// Calls that end in time: a domain that still runs then is cut.
#pragma once

#include <stdint.h>

#include "rt/gate/call.h"

namespace rt::trap {

/// Makes the timers of deadlines and of the log (rt/sys/log.h), once at start; where the kernel
/// gives none the program ends.
void make_timers();

/// While it lives, this thread's domains run until its end at most, or that of an outer one which
/// is earlier. The kernel's timer sends a signal then, and again and again until the call is over;
/// one that comes when another call has begun does nothing.
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

/// The signal of a deadline that is over has come: another one comes a millisecond from now.
void watch_again();

/// Runs `entry` in `domain` as rt::call does, but for at most `nanoseconds` from now: then the
/// domain's call is over with Fault{deadline}, also between two calls into other domains, which end
/// in the same way, the innermost first. The fault names the instruction that was to be next in
/// the domain's view: of its own code or, right at the begin, of the gate.
///
/// What runs in the monitor on the domain's behalf is not cut: the call ends when it returns. The
/// runtime waits for nothing there: the log drops what it cannot write (rt/gate/log.h), and a call
/// that a table grants is interrupted, unless the kernel itself waits for a disk or a server of
/// files. A service of the app's is interrupted where it waits by rt/sys: to open, read or write
/// (file.h), for a child's end (child.h), for a terminal (terminal.h), in sleep (process.h). Not
/// cut short are the start of a program (rt::sys::spawn) and what the app's own code computes.
///
/// Three system calls each time, which cost much more than the call: for calls that can be expected
/// to take long. Cheap ones come with threads.
template <Domain domain, class Function, class... Arguments>
auto call_within(uint64_t nanoseconds, Function entry, Arguments... arguments) {
    const Deadline deadline(nanoseconds);
    return gate::call<domain>(entry, arguments...);
}

} // namespace rt::trap
