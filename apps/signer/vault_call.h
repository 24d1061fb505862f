/// Calls into the vault, which is trusted not to fault.
#pragma once

#include "apps/signer/vault.h"

namespace signer {

/// The result of `entry`. A vault that has faulted may have lost its key, so the program ends.
template <class Entry, class... Arguments>
auto call_vault(Entry entry, Arguments... arguments) {
    const auto result = rt::call<Domain::vault>(entry, arguments...);
    if (!result) {
        rt::panic("signer: {}", result.fault());
    }
    return result.value();
}

} // namespace signer
