/// One row of the table of entries: a call into a domain that the app has been compiled with. It is
/// the only place that names the function: calls, linker/link and linker/audit read it.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "linker/layout.h"

namespace rt::entry {

/// In read-only data, in no order. A row says what the sources call, not what a gate permits: code
/// that can use a gate can call any function through it. Only cross calls are bound to their
/// function.
template <class Function>
struct EntryRecord {
    Function *function;
    uint32_t domain; // the number of the domain whose function it is
    uint32_t caller; // that of a cross call's caller, or the monitor's
    uint32_t view;   // of a call that lends; 0 where nothing is lent
    uint32_t number; // of a cross call; 0 for a call of the monitor's
};
static_assert(sizeof(EntryRecord<void()>) == POSTERN_ENTRY_BYTES);

/// The row of `function` in the domain with number `domain`. It is in the image only if its address is
/// taken.
template <auto function, uint32_t domain, uint32_t caller, uint32_t view, uint32_t number>
inline constexpr EntryRecord<void()> entry_record{};
template <class R, class... Parameters, R (*function)(Parameters...), uint32_t domain,
          uint32_t caller, uint32_t view, uint32_t number>
[[gnu::section(".postern.entries"), gnu::used]] inline constexpr EntryRecord<R(Parameters...)>
    entry_record<function, domain, caller, view, number>{function, domain, caller, view, number};

} // namespace rt::entry
