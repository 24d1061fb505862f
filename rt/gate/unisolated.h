/// A run without isolation as a back end: a domain has a stack and a gate, and all memory is open.
#pragma once

#include "rt/base/panic.h"
#include "rt/gate/by_key.h"
#include "rt/key/isolation.h"

namespace rt::gate {

/// The back end of `domain` in a program that is built for such a run (rt/entry/backend.h). Where
/// keys or address spaces isolate it ends the program at the first call: no domain runs without
/// isolation there.
template <Domain domain>
struct Unisolated : InProcess<domain> {
    static constexpr RtGateEnter *enter() {
        return enter_unisolated_stub<key::key_of(domain).raw(), is_trusted<domain>>();
    }

    /// Nothing is lent, since nothing is closed. A loan that the app does not declare is refused.
    template <class... Loans>
    static constexpr uint32_t lend() {
        static_cast<void>(ByKey<domain>::template lend<Loans...>());
        return 0;
    }

    template <class... Loans>
    [[gnu::nodebug]] static RtOutcome call(const uint64_t *words, const void *function) {
        constexpr auto *gate = enter();
        if (key::isolation() != key::Isolation::none) [[unlikely]] {
            base::panic("this program is built to run without isolation, but in this run keys or "
                        "address spaces isolate: build it with the back end of keys, or set "
                        "POSTERN_ISOLATION=none where there are no keys");
        }
        return gate(words[0], words[1], words[2], words[3], words[4], words[5], function);
    }
};

} // namespace rt::gate
