/// The enter stubs of enter.S, by the key of the domain.
#pragma once

#include "rt/gate/enter.h"

extern "C" {
#define RT_GATE_ENTER(key)                                                                         \
    RtGateEnter rt_gate_enter_##key, rt_gate_enter_trusted_##key, rt_gate_enter_unisolated_##key,  \
        rt_gate_enter_unisolated_trusted_##key;                                                    \
    RtGateEnterLent rt_gate_enter_lent_##key, rt_gate_enter_lent_trusted_##key;
RT_GATE_ENTER(2)
RT_GATE_ENTER(3)
RT_GATE_ENTER(4)
RT_GATE_ENTER(5)
RT_GATE_ENTER(6)
RT_GATE_ENTER(7)
RT_GATE_ENTER(8)
RT_GATE_ENTER(9)
RT_GATE_ENTER(10)
RT_GATE_ENTER(11)
RT_GATE_ENTER(12)
RT_GATE_ENTER(13)
RT_GATE_ENTER(14)
#undef RT_GATE_ENTER
}

namespace rt::gate {

#define RT_GATE_STUBS(way)                                                                         \
    {                                                                                              \
        nullptr, nullptr, &rt_gate_enter_##way##2, &rt_gate_enter_##way##3,                        \
            &rt_gate_enter_##way##4, &rt_gate_enter_##way##5, &rt_gate_enter_##way##6,             \
            &rt_gate_enter_##way##7, &rt_gate_enter_##way##8, &rt_gate_enter_##way##9,             \
            &rt_gate_enter_##way##10, &rt_gate_enter_##way##11, &rt_gate_enter_##way##12,          \
            &rt_gate_enter_##way##13, &rt_gate_enter_##way##14                                     \
    }

/// The enter stub of the domain with this key; the linker drops those that no call names.
template <unsigned key, bool trusted>
constexpr RtGateEnter *enter_stub() {
    constexpr RtGateEnter *stubs[][15] = {RT_GATE_STUBS(), RT_GATE_STUBS(trusted_)};
    return stubs[trusted ? 1 : 0][key];
}

/// The stub for calls that lend.
template <unsigned key, bool trusted>
constexpr RtGateEnterLent *enter_lent_stub() {
    constexpr RtGateEnterLent *stubs[][15] = {RT_GATE_STUBS(lent_), RT_GATE_STUBS(lent_trusted_)};
    return stubs[trusted ? 1 : 0][key];
}

/// The stub for runs without isolation.
template <unsigned key, bool trusted>
constexpr RtGateEnter *enter_unisolated_stub() {
    constexpr RtGateEnter *stubs[][15] = {RT_GATE_STUBS(unisolated_),
                                          RT_GATE_STUBS(unisolated_trusted_)};
    return stubs[trusted ? 1 : 0][key];
}
#undef RT_GATE_STUBS

} // namespace rt::gate
