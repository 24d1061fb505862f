/// What keeps domains apart in this process.
#pragma once

#include <stdint.h>

#include "rt/key/domain.h"

namespace rt::key {

/// Protection keys, an address space for each domain, or nothing. With keys, domains that are
/// declared SPACE own have an address space all the same. With `none` every domain reaches
/// all memory; that is for programs that ask for it, on machines without protection keys
/// (rt/start/isolate.h).
enum class Isolation : uint8_t { keys, spaces, none };

/// Keys, unless start-up has chosen otherwise, which it does before it uses any key.
Isolation isolation();
void set_isolation(Isolation isolation);

/// "keys", "spaces" or "none", for the report and the fault lines.
const char *name_of(Isolation isolation);

/// Whether this run has protection keys. Without them no instruction on PKRU is ever executed, no
/// page has a key, and no frame has a PKRU.
inline bool has_keys() {
    return isolation() == Isolation::keys;
}

/// The least index of a domain that has an address space of its own; set_isolation sets it.
extern unsigned first_apart;

/// Whether `domain` has an address space of its own: its code runs in a child process, and the
/// monitor sees its memory elsewhere (rt/domain/alias.h). In a run of address spaces all domains
/// have one, data domains included; with keys those that are declared so.
inline bool is_apart(Domain domain) {
    return index_of(domain) >= first_apart;
}

} // namespace rt::key
