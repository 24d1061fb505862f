/// Addresses in this process that a hostile domain would look for.
#pragma once

#include "linker/symbols.h"
#include "rt/rt.h"

namespace places {

/// The record of a region; the test image has one of each.
const linker::RegionRecord &region(linker::Kind kind, unsigned key);

inline const linker::RegionRecord &data_of(Domain domain) {
    return region(linker::Kind::domain, rt::key::key_of(domain).raw());
}
inline const linker::RegionRecord &stack_of(Domain domain) {
    return region(linker::Kind::domain_stack, rt::key::key_of(domain).raw());
}

} // namespace places
