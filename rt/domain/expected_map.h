/// The memory map by the tables: the key and protection that each address should have.
#pragma once

#include "rt/key/pkey.h"
#include "rt/sys/memory.h"

namespace rt::domain {

/// The owner of a range of addresses. The runtime's memory must be mapped, with key and protection
/// as the tables say. Of the app's memory only the key is known. All other memory must have key 0.
enum class Owner : uint8_t { runtime, app, foreign };

/// Addresses [begin, end), all alike.
struct ExpectedRange {
    uintptr_t begin;
    uintptr_t end;
    key::Pkey key;
    sys::Protection protection; // of the runtime's
    Owner whose;
    bool is_shared = false; // of the runtime's: with other processes, which see the same bytes
};

/// What the tables say of `address`, and of the addresses around it that are alike.
ExpectedRange expected_at(uintptr_t address);

} // namespace rt::domain
