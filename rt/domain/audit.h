/// The audit: every mapping that the kernel shows, compared with what the tables say.
#pragma once

#include <stddef.h>

#include "rt/base/line.h"
#include "rt/base/result.h"
#include "rt/key/pkey.h"

namespace rt::domain {

/// Where the kernel's account and the tables differ.
struct Deviation {
    enum class Kind : uint8_t {
        wrong_key,   // of the runtime's memory, or of what the app tagged
        unknown_key, // other memory with a key that nobody gave it
        unmapped,    // memory of the runtime that is gone
        writable,    // more can be done than the tables say: writing,
        executable,  //   executing, also elsewhere (but for the kernel's own vdso and vsyscall),
        readable,    //   reading
        closed,      // less can be done than the tables say
        unreadable,  // there is no account: `error` says why
    };
    Kind kind;
    uintptr_t address; // the first that differs
    key::Pkey expected;
    key::Pkey found; // equal to `expected` where it is not the key that differs
    base::Errno error;
};

/// For example "audit: wrong key at 0x200000404000, alice's data: key 2 (alice) is due, key 0
/// (shared) is there".
void append_to(base::Line &line, const Deviation &deviation);

/// Reads /proc/self/smaps and compares each mapping's key and protection with the region table, the
/// image, the arena, the initial stack and the ledger. The number of mappings, or the first
/// deviation; `each`, where there is one, is told of all.
base::Result<size_t, Deviation> audit_keys(void (*each)(const Deviation &) = nullptr);

} // namespace rt::domain
