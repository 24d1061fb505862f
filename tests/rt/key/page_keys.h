/// The kernel's own word on which page has which protection key: /proc/self/smaps.
#pragma once

#include <stdint.h>

namespace page_keys {

struct Mapping {
    uintptr_t begin;
    uintptr_t end;
    int key;
    bool accessible; // to anybody, as far as the page's protection goes
};

/// Calls `visit(context, mapping)` for each mapping, in the order of addresses; whether smaps could
/// be read and named keys.
bool for_each(void (*visit)(void *context, const Mapping &mapping), void *context);

/// The key of the mapping that holds `address`; -1 where nothing is mapped.
int of(uintptr_t address);

} // namespace page_keys
