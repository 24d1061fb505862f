/// Serving a domain's request: the C++ half of rt_gate_service.
#include "linker/symbols.h"
#include "rt/base/slot.h"
#include "rt/domain/stack_word.h"
#include "rt/entry/log.h"
#include "rt/entry/service_table.h"
#include "rt/gate/current.h"
#include "rt/gate/refuse.h"
#include "rt/key/domain.h"

extern "C" {
extern const rt::entry::ServiceRecord __services_start[], __services_end[];
}

namespace rt::entry {

namespace {

constexpr ServiceRecord builtin[] = {provide<log_service, handle_log>(Callers::any())};

const ServiceRecord *find(uint64_t number, Domain caller) {
    const ServiceRecord *row = nullptr;
    if (number == 0) {
        row = &builtin[0];
    } else if (number <= static_cast<uint64_t>(__services_end - __services_start)) {
        row = __services_start + (number - 1);
    }
    return row != nullptr && row->callers.include(caller) ? row : nullptr;
}

/// Whether so many requests are open, one inside another, that the monitor's stack is nearly used
/// up. If services call domains back, the domains decide how deep that goes.
bool stack_is_short() {
    return reinterpret_cast<uintptr_t>(__builtin_frame_address(0)) < base::slot().stack_limit;
}

} // namespace

/// Called by rt_gate_service on the monitor's stack, in the monitor's view. `stack` is the stack
/// pointer that the domain claims. It is used as a number only: calls back into this domain begin
/// below it, under that domain's own view.
extern "C" uint64_t rt_gate_serve(uint64_t number, uint64_t a0, uint64_t a1, uint64_t a2,
                                  uint64_t a3, uint64_t a4, uint64_t stack) {
    base::Slot &slot = base::slot();
    const Domain caller = gate::current_domain();
    const uint64_t arguments[] = {a0, a1, a2, a3, a4};
    const gate::Request request{number, arguments, stack};
    const ServiceRecord *row = find(number, caller);
    if (row == nullptr) {
        gate::refuse(base::FaultKind::service, request);
    }
    if (stack_is_short()) {
        gate::refuse(base::FaultKind::nesting, request);
    }
    uint64_t &next_stack = domain::stack_word(caller);
    const uint64_t before = next_stack;
    next_stack = gate::below(stack);
    const uint64_t result = row->function(caller, arguments);
    next_stack = before;
    if (slot.deadline_passed != 0) {
        gate::refuse(base::FaultKind::deadline, request);
    }
    return result;
}

} // namespace rt::entry
