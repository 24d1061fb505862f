/// Calls that end in time: a domain that still runs at its deadline is cut.
#include "rt/trap/deadline.h"

#include "rt/base/panic.h"
#include "rt/base/slot.h"
#include "rt/sys/log.h"
#include "rt/sys/process.h"
#include "rt/sys/timer.h"
#include "rt/trap/install.h"

extern "C" {
uint64_t rt_trap_suspend_deadline();
void rt_trap_resume_deadline(uint64_t end);
}

namespace rt::trap {

using base::panic;
using base::slot;
using sys::Signal;

namespace {

// Nanoseconds from one signal after the deadline to the next: more than a gate or the trap entry
// takes.
constexpr uint64_t again = 1'000'000;

/// The process's timer.
constinit auto timer = static_cast<sys::Timer>(-1);

sys::Timer make_timer() {
    const auto made = sys::create_timer(Signal::deadline);
    if (!made) {
        panic(
            "the kernel gives no timer, and calls with a deadline and the log need two: raise the "
            "limit of pending signals (ulimit -i, RLIMIT_SIGPENDING): {}",
            made.error());
    }
    return made.value();
}

/// Makes `end` this thread's deadline; 0 for none. A forked child has no timer yet.
/// [timer_create(2)]
void watch_for(uint64_t end) {
    slot().deadline = end;
    if (!sys::set_timer(timer, end)) {
        timer = make_timer();
        base::must(sys::set_timer(timer, end), "setting the timer of deadlines");
    }
}

uint64_t end_in(uint64_t nanoseconds) {
    uint64_t end;
    return __builtin_add_overflow(sys::monotonic_nanoseconds(), nanoseconds, &end) ? sys::never
                                                                                   : end;
}

} // namespace

void make_timers() {
    base::must(take_asynchronous(Signal::deadline), "taking the signal of deadlines");
    timer = make_timer();
    sys::bound_log(make_timer());
}

void watch_again() {
    static_cast<void>(sys::set_timer(timer, sys::monotonic_nanoseconds() + again));
}

Deadline::Deadline(uint64_t nanoseconds) : outer_(slot().deadline) {
    const uint64_t end = end_in(nanoseconds);
    if (outer_ == 0 || end < outer_) {
        watch_for(end);
    }
}

Deadline::~Deadline() {
    if (slot().deadline != outer_) {
        watch_for(outer_);
        slot().deadline_passed = 0; // if the outer one is over, too, the next signal says so
    }
}

/// Ends the watch for this thread's deadline, and returns it; 0 if there is none.
extern "C" uint64_t rt_trap_suspend_deadline() {
    const uint64_t end = slot().deadline;
    if (end != 0) {
        watch_for(0);
        slot().deadline_passed = 0;
    }
    return end;
}

/// Watches for it again. If it is over meanwhile, the next signal says so.
extern "C" void rt_trap_resume_deadline(uint64_t end) {
    if (end != 0) {
        watch_for(end);
    }
}

bool is_deadline_over() {
    return slot().deadline != 0 && sys::monotonic_nanoseconds() >= slot().deadline;
}

} // namespace rt::trap
