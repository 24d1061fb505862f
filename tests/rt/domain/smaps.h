/// All mappings of this process at once, for tests: what rt/sys/smaps.h yields one by one.
#pragma once

#include "rt/sys/smaps.h"

namespace smaps {

using Mapping = rt::sys::Mapping;

/// All mappings, in the order of their addresses.
class Mappings {
public:
    static constexpr size_t capacity = 256;
    const Mapping *begin() const { return mappings_; }
    const Mapping *end() const { return mappings_ + count_; }
    size_t count() const { return count_; }

    Mapping mappings_[capacity];
    size_t count_;
};

/// Reads them now, into memory that the next call overwrites. Panics where there is no smaps.
const Mappings &read();

/// The key of the mapping that holds `address`, read now; -1 where nothing is mapped.
int key_at(uint64_t address);

} // namespace smaps
