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
        unknown_key, // other memory with a key that no table gives it
        unmapped,    // memory of the runtime that is gone
        writable,    // more can be done than the tables say: writing,
        executable,  //   executing, also elsewhere (except the kernel's own vdso and vsyscall),
        readable,    //   reading
        closed,      // less can be done than the tables say
        not_shared,  // private memory where a domain's process must see the same bytes
        unreadable,  // the kernel's account cannot be read: `error` says why
    };
    Kind kind;
    uintptr_t address; // the first address that differs
    key::Pkey expected;
    key::Pkey found; // equal to `expected` where it is not the key that differs
    base::Errno error;
};

/// For example "audit: wrong key at 0x200000404000, alice's data: expected key 2 (alice), found key
/// 0 (shared)".
void append_to(base::Line &line, const Deviation &deviation);

/// Reads /proc/self/smaps and compares each mapping's key and protection with the region table, the
/// image, the thread slots and the key allocator. Returns the number of mappings, or the first
/// deviation. Calls `each`, if it is given, for every deviation.
base::Result<size_t, Deviation> audit_keys(void (*each)(const Deviation &) = nullptr);

} // namespace rt::domain
