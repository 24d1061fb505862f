/// Protection keys as a back end: a domain has a key of its own, and is entered by a gate of
/// assembly.
#pragma once

#include "rt/gate/by_gate.h"
#include "rt/gate/stubs.h"

namespace rt::gate {

/// Whether the app has declared `domain` TRUSTED: merely buggy, not hostile. Its gate keeps what
/// the ABI keeps and wipes nothing else; all compares are made all the same.
template <Domain domain>
inline constexpr bool is_trusted = false;

/// The gates of a domain with a key.
template <Domain domain>
struct KeyGates {
    static constexpr unsigned number = key::key_of(domain).raw();
    static constexpr RtGateEnter *enter = enter_stub<number, is_trusted<domain>>();
    static constexpr RtGateEnterLent *enter_lent = enter_lent_stub<number, is_trusted<domain>>();
};

/// The back end of `domain` (rt/entry/backend.h).
template <Domain domain>
struct ByKey : ByGate<domain, KeyGates<domain>> {};

} // namespace rt::gate
