/// The deadline of this thread's calls, and the timer that watches for it.
#pragma once

#include "rt/sys/timer.h"

namespace rt::gate {

/// A timer that sends the signal of deadlines. Ends the program if the kernel gives none.
sys::Timer make_timer();

/// Makes the timer that watches for deadlines, once at start.
void make_deadline_timer();

/// Makes `end` this thread's deadline, in nanoseconds of the monotonic clock; 0 for none. Where each
/// domain has an address space, the timer waits for `watch`: until the monitor works for a domain,
/// its wait for the child has a time, and that costs less (rt/space/turn.h).
void watch_for(uint64_t end);

/// From here on the monitor works on a domain's behalf: the timer watches for the deadline, if there
/// is one.
void watch();

/// Has the signal come again, a millisecond from now.
void watch_again();

/// While it lives no deadline runs. Otherwise a domain that has used up its time would decide that
/// the hooks of its policy cannot clean up after it. If the deadline is over meanwhile, the next
/// signal says so.
class WithoutDeadline {
public:
    WithoutDeadline();
    ~WithoutDeadline();
    WithoutDeadline(const WithoutDeadline &) = delete;
    WithoutDeadline &operator=(const WithoutDeadline &) = delete;

private:
    uint64_t end_;
    bool was_watched_;
};

} // namespace rt::gate
