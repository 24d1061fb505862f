/// The back ends' common part, for a domain that is entered by a gate of assembly.
#pragma once

#include "rt/gate/enter.h"
#include "rt/gate/in_process.h"
#include "rt/gate/lend.h"

namespace rt::gate {

/// `Gates` names two gates: `enter`, and `enter_lent` for calls that lend.
template <Domain domain, class Gates>
struct ByGate : InProcess<domain> {
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
            constexpr auto *gate = Gates::enter;
            return gate(words[0], words[1], words[2], words[3], words[4], words[5], function);
        } else {
            constexpr auto *gate = Gates::enter_lent;
            return gate(words[0], words[1], words[2], words[3], words[4], words[5], function,
                        lend<Loans...>());
        }
    }
};

} // namespace rt::gate
