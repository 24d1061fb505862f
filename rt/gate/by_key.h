/// Protection keys as a back end: a domain runs on a key of its own, behind a gate of assembly.
#pragma once

#include "rt/gate/enter.h"
#include "rt/gate/lend.h"

extern "C" {
#define RT_GATE_ENTER(key)                                                                         \
    RtGateEnter rt_gate_enter_##key, rt_gate_enter_trusted_##key;                                  \
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
#undef RT_GATE_STUBS

/// Whether the app has declared `domain` TRUSTING: merely buggy, not hostile. Its gate keeps what
/// the ABI keeps and wipes nothing else; all compares are made all the same.
template <Domain domain>
inline constexpr bool is_trusted = false;

/// The back end of `domain` (rt/gate/backend.h).
template <Domain domain>
struct ByKey {
    static constexpr unsigned number = key::key_of(domain).raw();

    static constexpr RtGateEnter *enter() { return enter_stub<number, is_trusted<domain>>(); }

    template <class... Loans>
    static constexpr uint32_t lend() {
        if constexpr (sizeof...(Loans) == 0) {
            return 0;
        } else {
            return lent_view<domain, Loans...>().raw();
        }
    }

    template <class... Loans>
    static RtOutcome call(const uint64_t *words, const void *function) {
        if constexpr (sizeof...(Loans) == 0) {
            constexpr auto *gate = enter();
            return gate(words[0], words[1], words[2], words[3], words[4], words[5], function);
        } else {
            constexpr auto *gate = enter_lent_stub<number, is_trusted<domain>>();
            return gate(words[0], words[1], words[2], words[3], words[4], words[5], function,
                        lend<Loans...>());
        }
    }
};

} // namespace rt::gate
