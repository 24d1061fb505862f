/// The fault that ended the innermost call, on its way from the trap to the caller.
#pragma once

#include "rt/base/fault.h"
#include "rt/gate/unwind.h"

namespace rt::gate {

/// This thread's, on its handlers' stack. Written by the code that unwinds a call. The call that was unwound reads it before anything else
/// runs.
base::Fault &last_fault();

/// Ends the innermost call because of last_fault().
[[noreturn]] inline void unwind() {
    GateFrame::unwind(last_fault().kind);
}

} // namespace rt::gate
