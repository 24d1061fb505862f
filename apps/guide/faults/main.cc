/// Calls that fail, and the reactions of the caller.
#include "worker.h"

namespace {

constexpr uint64_t millisecond = 1'000'000; // in nanoseconds

/// The number of unfinished divisions, by the worker; 99 if it faults.
uint64_t count_unfinished() {
    return rt::call<Domain::worker>(unfinished).value_or(99);
}

/// Advice for each kind of failure.
const char *advice_on(const rt::Fault &fault) {
    switch (fault.kind) {
    case rt::FaultKind::divide:
        return "do not divide by zero";
    case rt::FaultKind::deadline:
        return "give it more time, or less to do";
    default:
        return "look at the line above";
    }
}

} // namespace

rt::Exit main(rt::Arguments) {
    if (!rt::call<Domain::worker>(note, 7ul)) {
        return rt::Exit::failure;
    }

    const auto quotient = rt::call<Domain::worker>(divide, 1ul, 0ul);
    if (quotient) {
        return rt::Exit::failure;
    }
    rt::log("{}", quotient.fault());
    rt::log("advice: {}", advice_on(quotient.fault()));

    // The worker's memory is as the fault left it, and it can be called again.
    rt::log("unfinished: {}", count_unfinished());
    if (!rt::call<Domain::worker>(reset)) {
        return rt::Exit::failure;
    }
    rt::log("unfinished: {}", count_unfinished());

    const auto spun = rt::call_within<Domain::worker>(20 * millisecond, spin);
    if (spun) {
        return rt::Exit::failure;
    }
    rt::log("{}", spun.fault());
    rt::log("advice: {}", advice_on(spun.fault()));
    return rt::Exit::success;
}
