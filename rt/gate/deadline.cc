/// The deadline of this thread's calls, and the timer that watches for it.
#include "rt/gate/deadline.h"

#include "rt/base/panic.h"
#include "rt/base/slot.h"
#include "rt/sys/process.h"

namespace rt::gate {

namespace {

// Nanoseconds from one signal after the deadline to the next: more than a gate or the trap entry
// takes.
constexpr uint64_t again = 1'000'000;

/// The process's timer.
constinit auto timer = static_cast<sys::Timer>(-1);

} // namespace

sys::Timer make_timer() {
    const auto made = sys::create_timer(sys::Signal::deadline);
    if (!made) {
        base::panic(
            "the kernel gives no timer, and calls with a deadline and the log need two: raise the "
            "limit of pending signals (ulimit -i, RLIMIT_SIGPENDING): {}",
            made.error());
    }
    return made.value();
}

void make_deadline_timer() {
    timer = make_timer();
}

void watch_for(uint64_t end) {
    base::slot().deadline = end;
    if (!sys::set_timer(timer, end)) { // a forked child has no timer yet [timer_create(2)]
        timer = make_timer();
        base::must(sys::set_timer(timer, end), "setting the timer of deadlines");
    }
}

void watch_again() {
    static_cast<void>(sys::set_timer(timer, sys::monotonic_nanoseconds() + again));
}

WithoutDeadline::WithoutDeadline() : end_(base::slot().deadline) {
    if (end_ != 0) {
        watch_for(0);
        base::slot().deadline_passed = 0;
    }
}

WithoutDeadline::~WithoutDeadline() {
    if (end_ != 0) {
        watch_for(end_);
    }
}

} // namespace rt::gate
