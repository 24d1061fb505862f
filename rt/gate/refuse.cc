/// Refusing a domain's request: the request ends the domain's call.
#include "rt/gate/refuse.h"

#include "rt/base/slot.h"
#include "rt/gate/cross_call_record.h"
#include "rt/gate/current.h"
#include "rt/gate/last_fault.h"
#include "rt/key/domain.h"
#include "rt/key/isolation.h"
#include "rt/uaccess/copy.h"

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

/// The stub of an address space has pushed the registers on the domain's stack (rt/space/stub.S).
/// Zeros for a stack that the domain does not have.
base::Registers registers_below(Domain domain, uint64_t stack) {
    struct {
        uint64_t control_words, r15, r14, r13, r12, rbp, rbx;
    } pushed{};
    const auto copied = uaccess::copy_from_domain(domain, &pushed,
                                                  uaccess::Claimed::from_raw(stack), sizeof pushed);
    base::Registers registers{};
    registers.rsp = copied ? stack + sizeof pushed : stack;
    registers.rbx = pushed.rbx;
    registers.rbp = pushed.rbp;
    return registers;
}

/// The registers with which the domain came to the gate, as far as a debugger needs them to find
/// the caller.
base::Registers registers_at(const Request &request) {
    if (key::is_apart(current_domain())) { // the gate is in another process
        return registers_below(current_domain(), request.stack);
    }
    base::Registers registers{};
    registers.rsp = request.stack;
    registers.rbx = below_frame()[-3];
    registers.rbp = below_frame()[-4];
    return registers;
}

} // namespace

void refuse(base::FaultKind kind, const Request &request) {
    base::Fault &fault = last_fault();
    fault = {};
    fault.kind = kind;
    fault.domain = current_domain();
    fault.number = request.number;
    const bool has_pkru = key::has_keys() && !key::is_apart(fault.domain);
    fault.pkru = has_pkru ? static_cast<uint32_t>(base::slot().view) : 0;
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
