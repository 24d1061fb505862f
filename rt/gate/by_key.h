/// Protection keys as a back end: a domain has a key of its own, and is entered by a gate of
/// assembly.
#pragma once

#include "rt/gate/in_process.h"
#include "rt/gate/lend.h"
#include "rt/gate/stubs.h"

namespace rt::gate {

/// Whether the app has declared `domain` TRUSTED: merely buggy, not hostile. Its gate keeps what
/// the ABI keeps and wipes nothing else; all compares are made all the same.
template <Domain domain>
inline constexpr bool is_trusted = false;

/// The back end of `domain` (rt/entry/backend.h).
template <Domain domain>
struct ByKey : InProcess<domain> {
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
    [[gnu::nodebug]] static RtOutcome call(const uint64_t *words, const void *function) {
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
