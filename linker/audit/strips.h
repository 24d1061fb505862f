/// The memory map of an image from its first byte to its last, without holes: what a picture of it
/// shows.
#pragma once

#include <string>
#include <vector>

#include "linker/audit/facts.h"

namespace linker::audit {

/// A piece of the address space.
struct Strip {
    enum class Kind {
        memory,       // under `key`
        inaccessible, // a guard, or what a region leaves between its parts: reserved, of no use to
                      // anybody
        unmapped,     // outside of all ranges
    };
    Kind kind = Kind::memory;
    uint64_t begin = 0;
    uint64_t end = 0;
    unsigned key = 0;
    std::string name; // "" for guards
};

/// All of it, by address.
std::vector<Strip> strips(const Facts &facts);

} // namespace linker::audit
