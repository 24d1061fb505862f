/// Address spaces as a back end: on every machine the domain runs in a process of its own.
#pragma once

#include "rt/gate/in_process.h"
#include "rt/gate/lend.h"
#include "rt/gate/own_numbers.h"

extern "C" {
/// rt/space_call/enter.S.
#define RT_GATE_OWN(number)                                                                      \
    RtGateEnter rt_gate_own_##number;                                                            \
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
        static constexpr RtGateEnter *enter = &rt_gate_own_##number;                             \
        static constexpr RtGateEnterLent *enter_lent = &rt_gate_own_lent_##number;               \
    };
RT_OWN_NUMBERS(RT_OWN_GATES)
#undef RT_OWN_GATES
static_assert(OwnGates<POSTERN_NUMBER_FIRST_OWN>::enter != nullptr &&
              OwnGates<POSTERN_NUMBER_LAST_OWN>::enter != nullptr);

/// The back end of a domain that is declared with SPACE own (rt/entry/backend.h).
template <Domain domain>
struct BySpace : InProcess<domain> {
    using Gates = OwnGates<key::number_of(domain)>;

    static constexpr RtGateEnter *enter() { return Gates::enter; }

    template <class... Loans>
    static constexpr uint32_t lend() {
        if constexpr (sizeof...(Loans) == 0) {
            return 0;
        } else {
            return lent_view<domain, Loans...>().raw();
        }
    }

    template <class... Loans>
    [[gnu::nodebug]] static RtOutcome call(const uint64_t *words, const void *function) {
        if constexpr (sizeof...(Loans) == 0) {
            constexpr auto *gate = enter();
            return gate(words[0], words[1], words[2], words[3], words[4], words[5], function);
        } else {
            constexpr auto *gate = Gates::enter_lent;
            return gate(words[0], words[1], words[2], words[3], words[4], words[5], function,
                        lend<Loans...>());
        }
    }
};

} // namespace rt::gate
