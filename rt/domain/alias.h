/// Where the monitor sees the memory of domains.
#pragma once

#include "rt/base/region.h"

namespace rt::domain {

static_assert(POSTERN_ALIAS == uint64_t{1} << POSTERN_ALIAS_BIT);
static_assert((POSTERN_BASE & POSTERN_ALIAS) == 0, "rt/uaccess/access.S adds it by setting the bit");

/// How far the monitor's view of a domain's memory is from the domain's own addresses. 0 where the
/// monitor sees it at those, which is the case with keys; POSTERN_ALIAS where each domain has an
/// address space (rt/space/memory.h). Set once at start.
extern uintptr_t alias_distance;

/// Where the monitor sees the memory at a domain's own address. Whoever checks an address asks
/// `owns` of the domain's own; whoever accesses the memory does so here.
inline uintptr_t seen(uintptr_t own) {
    return own + alias_distance;
}
inline base::Region seen(base::Region own) {
    return base::Region::from_raw(seen(own.begin()), seen(own.end()));
}

/// The domain's own address of the memory that the monitor sees at `address`. For all other
/// addresses the same again.
uintptr_t own(uintptr_t address);

} // namespace rt::domain
