/// Refusing a domain's request: the request ends the domain's call.
#include "rt/gate/refuse.h"

#include "rt/base/slot.h"
#include "rt/gate/cross_call_record.h"
#include "rt/gate/current.h"
#include "rt/gate/last_fault.h"
#include "rt/key/domain.h"
#include "rt/key/isolation.h"

extern "C" {
extern const rt::gate::CrossCallRecord __cross_calls_start[], __cross_calls_end[];
}

namespace rt::gate {

namespace {

/// The words that the gates of requests push below the gate frame: the domain's state, its rsp, rbx
/// and rbp (service.S, cross.S).
const uint64_t *below_frame() {
    return reinterpret_cast<const uint64_t *>(base::slot().gate_rsp);
}
uint64_t claimed_stack() {
    return below_frame()[-2];
}

/// The registers with which the domain came to the gate, as far as a debugger needs them to find
/// the caller.
base::Registers registers_at(const Request &request) {
    base::Registers registers{};
    registers.rsp = request.stack;
    if (!key::is_apart(current_domain())) { // else the gate is in another process
        registers.rbx = below_frame()[-3];
        registers.rbp = below_frame()[-4];
    }
    return registers;
}

} // namespace

void refuse(base::FaultKind kind, const Request &request) {
    base::Fault &fault = last_fault();
    fault = {};
    fault.kind = kind;
    fault.domain = current_domain();
    fault.number = request.number;
    fault.pkru = static_cast<uint32_t>(base::slot().view);
    for (unsigned i = 0; i < 5; ++i) {
        fault.arguments[i] = request.arguments[i];
    }
    fault.registers = registers_at(request);
    unwind();
}

/// Called by rt_gate_cross for a number that is not the caller's, and for a good number when the
/// monitor's stack is nearly used up.
extern "C" [[noreturn]] void rt_gate_refuse_cross_call(uint64_t number, uint64_t a0, uint64_t a1,
                                                       uint64_t a2, uint64_t a3, uint64_t a4) {
    const uint64_t arguments[] = {a0, a1, a2, a3, a4};
    const auto count = static_cast<uint64_t>(__cross_calls_end - __cross_calls_start);
    const bool is_the_callers = number - 1 < count && __cross_calls_start[number - 1].caller ==
                                                          key::number_of(current_domain());
    refuse(is_the_callers ? base::FaultKind::nesting : base::FaultKind::cross_call,
           {number, arguments, claimed_stack()});
}

/// Called by rt_gate_cross after a cross call when the caller's call has no time left. Otherwise
/// its domain could make cross call after cross call before the next signal.
extern "C" [[noreturn]] void rt_gate_refuse_overdue() {
    constexpr uint64_t none[5] = {};
    refuse(base::FaultKind::deadline, {0, none, claimed_stack()});
}

} // namespace rt::gate
