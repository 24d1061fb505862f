/// What keeps domains apart in this process.
#pragma once

#include <stdint.h>

namespace rt::key {

/// Protection keys, an address space for each domain, or nothing. With `none` every domain reaches
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

} // namespace rt::key
