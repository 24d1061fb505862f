/// Calls that end in time: a domain that still runs at its deadline is cut.
#pragma once

#include <stdint.h>

#include "rt/entry/call.h"

namespace rt::trap {

/// Makes the timers of deadlines and of the log (rt/sys/log.h), once at start. Ends the program if
/// the kernel gives none.
void make_timers();

/// While it lives, this thread's domains run at most until its deadline, or until that of an outer
/// object which is earlier. The kernel's timer then sends a signal, and repeats it until the call
/// is over. A signal that comes when another call has begun does nothing.
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

/// Runs `entry` in `domain` as rt::call does, but for at most `nanoseconds` from now. Then the
/// domain's call ends with Fault{deadline}. Calls into other domains that it waits for end in the
/// same way, the innermost first, and it is cut between two such calls, too. The fault names the
/// instruction that was to be next in the domain's view: of its own code or, right at the
/// beginning, of the gate.
///
/// The monitor's work on the domain's behalf is not cut: the call ends when that work returns. The
/// runtime does not wait there. The log drops what it cannot write (rt/entry/log.h). A granted
/// system call is interrupted, unless the kernel itself waits for a disk or a file server. A
/// service of the app's is interrupted where it waits by rt/sys: to open, read or write (file.h),
/// for a child's end (child.h), for a terminal (terminal.h), in sleep (process.h). Not cut short
/// are the start of a program (rt::sys::spawn) and the computing of the app's own code.
///
/// With keys it makes three system calls each time, which cost much more than the call. So use it
/// for calls that can be expected to take long. Where each domain has an address space it makes
/// one, and those three only once the domain asks for something.
template <Domain domain, class Function, class... Arguments>
auto call_within(uint64_t nanoseconds, Function entry, Arguments... arguments) {
    const Deadline deadline(nanoseconds);
    return entry::call<domain>(entry, arguments...);
}

} // namespace rt::trap
