/// The deadline of this thread's calls, and the timer that watches for it.
#include "rt/gate/deadline.h"

#include "rt/base/panic.h"
#include "rt/base/slot.h"
#include "rt/key/isolation.h"
#include "rt/sys/process.h"

namespace rt::gate {

namespace {

// Nanoseconds from one signal after the deadline to the next: more than a gate or the trap entry
// takes.
constexpr uint64_t again = 1'000'000;

/// This thread's timer; its number is that of no timer before the first is made.
sys::Timer timer() {
    return static_cast<sys::Timer>(base::slot().timer - 1);
}

bool is_watched() {
    return base::slot().is_watched != 0;
}

void set(uint64_t end) {
    base::slot().is_watched = end != 0;
    if (!sys::set_timer(timer(), end)) { // a forked child has no timer yet [timer_create(2)]
        make_deadline_timer();
        base::must(sys::set_timer(timer(), end), "setting the timer of deadlines");
    }
}

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
    base::slot().timer = static_cast<uint64_t>(make_timer()) + 1;
}

void watch_for(uint64_t end) {
    base::slot().deadline = end;
    if (is_watched() || key::isolation() != key::Isolation::spaces) {
        set(end);
    }
}

void watch() {
    if (!is_watched() && base::slot().deadline != 0) {
        set(base::slot().deadline);
    }
}

void watch_again() {
    static_cast<void>(sys::set_timer(timer(), sys::monotonic_nanoseconds() + again));
}

WithoutDeadline::WithoutDeadline() : end_(base::slot().deadline), was_watched_(is_watched()) {
    if (end_ != 0) {
        watch_for(0);
        base::slot().deadline_passed = 0;
    }
}

WithoutDeadline::~WithoutDeadline() {
    if (end_ != 0) {
        watch_for(end_);
    }
    if (was_watched_) {
        watch();
    }
}

} // namespace rt::gate
