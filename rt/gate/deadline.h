/// The deadline of this thread's calls, and the timer that watches for it.
#pragma once

#include "rt/sys/timer.h"

namespace rt::gate {

/// A timer that sends the signal of deadlines. Ends the program if the kernel gives none.
sys::Timer make_timer();

/// Makes the timer that watches for deadlines, once at start.
void make_deadline_timer();

/// Makes `end` this thread's deadline, in nanoseconds of the monotonic clock; 0 for none.
void watch_for(uint64_t end);

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
};

} // namespace rt::gate
