/// Which domain's call is the innermost one, and which calls are open.
#pragma once

#include "rt/base/fault.h"

namespace rt::gate {

/// The domain of the innermost call, as this thread's view word says.
Domain current_domain();

/// Whether a call into `domain` is open on this thread: it runs, or waits for a service, a cross
/// call or a call that a service makes. Asks the gate frames, which no domain can write. For the
/// monitor, outside signal handlers.
bool is_call_open(Domain domain);

/// Where a call back into a domain that waits for the monitor begins its stack: below what the
/// domain's code may use at `stack`, the stack pointer that it claims. [psabi 3.2.2]
constexpr uint64_t below(uint64_t stack) {
    constexpr uint64_t red_zone = 128, alignment = 16;
    return (stack - red_zone) & ~(alignment - 1);
}

} // namespace rt::gate
