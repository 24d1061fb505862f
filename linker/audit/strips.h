/// The memory map of an image from its first byte to its last, without gaps, as the picture shows
/// it.
#pragma once

#include <string>
#include <vector>

#include "linker/audit/facts.h"

namespace linker::audit {

/// A range of the address space.
struct Strip {
    enum class Kind {
        memory,       // under `key`
        inaccessible, // a guard, or a gap inside a region: reserved, never accessible
        unmapped,     // outside of all reserved ranges
    };
    Kind kind = Kind::memory;
    uint64_t begin = 0;
    uint64_t end = 0;
    unsigned key = 0;
    std::string name; // "" for guards
};

/// All strips, by address.
std::vector<Strip> strips(const Facts &facts);

} // namespace linker::audit
