/// The memory map as the tables say it: what is due at each address.
#pragma once

#include "rt/key/pkey.h"
#include "rt/sys/memory.h"

namespace rt::domain {

/// Whose a stretch of addresses is. Only what is the runtime's must be mapped, and as the tables
/// say; of the administrator's the key alone is known, and of everything else that it has none.
enum class Whose : uint8_t { runtimes, administrators, foreign };

/// Addresses [begin, end), all alike.
struct Due {
    uintptr_t begin;
    uintptr_t end;
    key::Pkey key;
    sys::Protection protection; // of the runtime's
    Whose whose;
};

/// What is due at `address`.
Due due_at(uintptr_t address);

} // namespace rt::domain
