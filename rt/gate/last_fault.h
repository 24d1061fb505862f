/// The fault that ended the innermost call, on its way from the trap to the caller.
#pragma once

#include "rt/base/fault.h"

/// rt/gate/unwind.S.
extern "C" [[noreturn]] void rt_gate_unwind(uint64_t faulted);

namespace rt::gate {

/// Written by the code that unwinds a call. The call that was unwound reads it before anything else
/// runs.
base::Fault &last_fault();

/// The second word that a call yields when a fault of this kind has ended it.
constexpr uint64_t faulted_by(base::FaultKind kind) {
    return uint64_t{1} + static_cast<uint64_t>(kind);
}

/// Ends the innermost call because of last_fault().
[[noreturn]] inline void unwind() {
    rt_gate_unwind(faulted_by(last_fault().kind));
}

} // namespace rt::gate
