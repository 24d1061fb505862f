/// Calls that end in time: a domain that still runs then is cut.
#include "rt/trap/deadline.h"

#include "rt/base/panic.h"
#include "rt/base/slot.h"
#include "rt/sys/process.h"
#include "rt/sys/timer.h"
#include "rt/trap/install.h"

namespace rt::trap {

using base::must;
using base::slot;

namespace {

constexpr uint64_t again = 1'000'000; // nanoseconds between the signals behind the end

/// The process's timer, once there is one.
constinit auto timer = static_cast<sys::Timer>(-1);

/// Makes `end` this thread's deadline; 0 for none. The first makes the timer, also in a forked
/// child, which has none. [timer_create(2)]
void watch_for(uint64_t end) {
    slot().deadline = end;
    if (sys::set_timer(timer, end, again)) {
        return;
    }
    must(take_asynchronous(sys::Signal::deadline), "taking the signal of deadlines");
    timer = must(sys::create_timer(sys::Signal::deadline), "making the timer of deadlines");
    must(sys::set_timer(timer, end, again), "setting the timer of deadlines");
}

uint64_t end_in(uint64_t nanoseconds) {
    uint64_t end;
    return __builtin_add_overflow(sys::monotonic_nanoseconds(), nanoseconds, &end) ? sys::never
                                                                                   : end;
}

} // namespace

Deadline::Deadline(uint64_t nanoseconds) : outer_(slot().deadline) {
    const uint64_t end = end_in(nanoseconds);
    if (outer_ == 0 || end < outer_) {
        watch_for(end);
    }
}

Deadline::~Deadline() {
    if (slot().deadline != outer_) {
        watch_for(outer_);
        slot().overdue = 0; // should the outer one be over, too, the next signal says so
    }
}

bool is_deadline_over() {
    return slot().deadline != 0 && sys::monotonic_nanoseconds() >= slot().deadline;
}

} // namespace rt::trap
