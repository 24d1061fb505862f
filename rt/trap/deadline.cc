/// Calls that end in time: a domain that still runs at its deadline is cut.
#include "rt/trap/deadline.h"

#include "rt/base/panic.h"
#include "rt/base/slot.h"
#include "rt/gate/deadline.h"
#include "rt/sys/log.h"
#include "rt/sys/process.h"
#include "rt/trap/install.h"

namespace rt::trap {

using base::slot;
using sys::Signal;

namespace {

uint64_t end_in(uint64_t nanoseconds) {
    uint64_t end;
    return __builtin_add_overflow(sys::monotonic_nanoseconds(), nanoseconds, &end) ? sys::never
                                                                                   : end;
}

} // namespace

void make_timers() {
    base::must(take_asynchronous(Signal::deadline), "taking the signal of deadlines");
    gate::make_deadline_timer();
    sys::bound_log(gate::make_timer());
}

Deadline::Deadline(uint64_t nanoseconds) : outer_(slot().deadline) {
    const uint64_t end = end_in(nanoseconds);
    if (outer_ == 0 || end < outer_) {
        gate::watch_for(end);
    }
}

Deadline::~Deadline() {
    if (slot().deadline != outer_) {
        gate::watch_for(outer_);
        slot().deadline_passed = 0; // if the outer one is over, too, the next signal says so
    }
}

bool is_deadline_over() {
    return slot().deadline != 0 && sys::monotonic_nanoseconds() >= slot().deadline;
}

} // namespace rt::trap
