/// A heap at a restart: the pages that hold something are cleared, and its end is given back.
#pragma once

#include "linker/symbols.h"
#include "rt/base/fault.h"
#include "rt/base/region.h"
#include "rt/base/result.h"

namespace rt::life {

/// How the pages to be cleared are found.
enum class HeapSearch : uint8_t {
    scan,    // PAGEMAP_SCAN, from Linux 6.7 on
    entries, // the entries of /proc/self/pagemap: dearer
    file,    // SEEK_DATA in the domains' file, where the domain has an address space of its own
    stores,  // not at all: every page is stored to
};

/// What a restart does to heaps on this machine. All ways leave the same bytes. For heaps of domains
/// with an address space of their own it is always `file`, and pages are given back; where other
/// domains have keys, this is about those.
struct HeapClearing {
    HeapSearch search;
    bool discards; // the pages after KEEP are given back to the kernel, and not cleared
};
const HeapClearing &heap_clearing();

/// Chooses the cheapest way, once at start: after seal::find_provider, before core dumps are given
/// up. Pages are given back
/// only where the kernel seals: there it refuses that to code that cannot write them. Elsewhere the
/// filter leaves no such call.
void choose_heap_clearing();

/// Another way, for tests and measurements. ENOSYS for one that does not work here.
base::Result<base::Done> set_heap_clearing(HeapClearing wanted);

/// Makes the heap `record` all zeros: what an allocator begins with. EFAULT if memory did not obey.
///
/// The pages up to KEEP (postern_add_domain) are cleared where they hold something, or once did, and
/// stay. All pages after them are discarded, whatever the kernel says of them; the next life pays
/// for the first access to each.
base::Result<base::Done> clear_heap(const linker::RegionRecord &record);

/// Makes the rest of the data region or stack `record` zeros: the bytes for which there is no
/// initial data. A long one is searched first where the domain has an address space of its own.
base::Result<base::Done> clear_rest(const linker::RegionRecord &record);

/// The first pages in a row of `region`, a part of the heap of `domain`, that may hold something; all others
/// before them are zeros. Empty if there are none. All of the region where nothing tells.
base::Region next_used(Domain domain, base::Region region);

} // namespace rt::life
