/// Ending the innermost call by its gate frame.
#pragma once

#include "rt/base/fault.h"

/// rt/gate/unwind.S.
extern "C" [[noreturn]] void rt_gate_unwind(uint64_t faulted);

namespace rt::gate {

/// The second word that a call yields when a fault of this kind has ended it.
constexpr uint64_t faulted_by(base::FaultKind kind) {
    return uint64_t{1} + static_cast<uint64_t>(kind);
}

/// The frame at gate_rsp while a domain runs (enter.S says how it looks). A fault, a refusal and a
/// deadline end the innermost call by this frame alone: none of them asks which domain runs, or
/// which back end it has. So every back end leaves this one kind of frame.
struct GateFrame {
    /// Ends the innermost call.
    [[noreturn, gnu::always_inline]] static void unwind(base::FaultKind kind) {
        rt_gate_unwind(faulted_by(kind));
    }
};

} // namespace rt::gate
