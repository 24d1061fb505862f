/// Where the monitor sees the memory of domains.
#pragma once

#include "linker/symbols.h"
#include "rt/base/region.h"
#include "rt/key/isolation.h"

namespace rt::domain {

static_assert(POSTERN_ALIAS == uint64_t{1} << POSTERN_ALIAS_BIT);
static_assert((POSTERN_BASE & POSTERN_ALIAS) == 0, "rt/uaccess/access.S adds it by setting the bit");

/// Where the monitor sees the memory of `domain` that is at `own`, an address of the domain's: there,
/// or POSTERN_ALIAS further on if the domain has an address space of its own
/// (rt/space/memory.h). Whoever checks an address asks `owns` of the domain's own; whoever accesses
/// the memory does so here.
inline uintptr_t seen(Domain domain, uintptr_t own) {
    return key::is_apart(domain) ? own + POSTERN_ALIAS : own;
}
inline base::Region seen(Domain domain, base::Region own) {
    return base::Region::from_raw(seen(domain, own.begin()), seen(domain, own.end()));
}

/// The same for an address whose domain the region table has to tell. Of no domain: the address.
uintptr_t seen(uintptr_t own);
base::Region seen(base::Region own);

/// Whether any domain of this program has an address space of its own in this run.
bool is_any_apart();

/// Whether the memory of this region is in the file that domains' processes share
/// (rt/space/memory.h): of a domain with an address space of its own, and of a data domain where
/// there is such a domain.
bool is_shared(const linker::RegionRecord &record);

/// The addresses at which the monitor may see domains' memory, those of guards included. Empty if
/// no domain has an address space of its own.
base::Region aliases();

/// The domain's own address of the memory that the monitor sees at `address`. For all other
/// addresses the same again.
uintptr_t own(uintptr_t address);

} // namespace rt::domain
