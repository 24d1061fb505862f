/// The memory map as the tables say it: what is due at each address.
#pragma once

#include "rt/key/pkey.h"
#include "rt/sys/memory.h"

namespace rt::domain {

/// Whose a stretch of addresses is. Only what is the runtime's must be mapped, and as the tables
/// say; of the app's the key alone is known, and of everything else that it has none.
enum class Owner : uint8_t { runtime, app, foreign };

/// Addresses [begin, end), all alike.
struct ExpectedRange {
    uintptr_t begin;
    uintptr_t end;
    key::Pkey key;
    sys::Protection protection; // of the runtime's
    Owner whose;
};

/// What is due at `address`.
ExpectedRange expected_at(uintptr_t address);

} // namespace rt::domain
