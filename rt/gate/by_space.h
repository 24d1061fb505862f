/// Address spaces as a back end: on every machine the domain runs in a process of its own.
#pragma once

#include "rt/gate/by_gate.h"
#include "rt/gate/own_numbers.h"

extern "C" {
/// rt/space_call/enter.S.
#define RT_GATE_OWN(number)                                                                        \
    RtGateEnter rt_gate_own_##number;                                                              \
    RtGateEnterLent rt_gate_own_lent_##number;
RT_OWN_NUMBERS(RT_GATE_OWN)
#undef RT_GATE_OWN
}

namespace rt::gate {

/// The gates of the domain with this number; the linker drops those that no call names.
template <unsigned number>
struct OwnGates;
#define RT_OWN_GATES(number)                                                                       \
    template <>                                                                                    \
    struct OwnGates<number> {                                                                      \
        static constexpr RtGateEnter *enter = &rt_gate_own_##number;                               \
        static constexpr RtGateEnterLent *enter_lent = &rt_gate_own_lent_##number;                 \
    };
RT_OWN_NUMBERS(RT_OWN_GATES)
#undef RT_OWN_GATES
static_assert(OwnGates<POSTERN_NUMBER_FIRST_OWN>::enter != nullptr &&
              OwnGates<POSTERN_NUMBER_LAST_OWN>::enter != nullptr);

/// The back end of a domain that is declared with SPACE own (rt/entry/backend.h).
template <Domain domain>
struct BySpace : ByGate<domain, OwnGates<key::number_of(domain)>> {};

} // namespace rt::gate
