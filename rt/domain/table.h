/// The app's regions and domains, as the linker laid them out.
#pragma once

#include "linker/symbols.h"
#include "rt/base/fault.h"
#include "rt/base/region.h"
#include "rt/base/slot.h"
#include "rt/key/domain.h"

namespace rt::domain {

using key::key_of;

/// All region records, for range-for.
struct Table {
    const linker::RegionRecord *begin() const { return __region_table_start; }
    const linker::RegionRecord *end() const { return __region_table_end; }
};

inline base::Region region_of(const linker::RegionRecord &record) {
    return base::Region::from_raw(record.begin, record.end);
}

/// The domain whose region this is, or `no_domain`.
inline Domain domain_of(const linker::RegionRecord &record) {
    return key::domain_with(record.number);
}

/// Whether the app has a domain at all.
bool has_domains();

/// Whether any domain has an address space of its own on every machine (SPACE own).
bool has_own_domains();

/// Whether any domain has a heap.
bool has_heaps();

/// Once at start, before any look-up by domain: finds each domain's regions in the table.
void index_regions();

/// Data, stack and heap of each domain, by index_regions.
inline constexpr unsigned most_regions = 3;
extern base::Region regions[key::domain_places][most_regions];

/// Whether all of [address, address + bytes) is in one region of `domain`. Inline, because every
/// checked access asks.
inline bool owns(Domain domain, uintptr_t address, size_t bytes) {
    for (const auto &region : regions[key::index_of(domain)]) {
        if (region.contains(address, bytes) && !region.empty()) {
            return true;
        }
    }
    return false;
}

/// The part of the heap `record` that a restart gives back to the kernel, if the kernel seals: all
/// after KEEP (postern_add_domain). Empty for a heap that start-up has populated.
base::Region end_given_back(const linker::RegionRecord &record);

/// The view of `domain` while nothing is lent to it.
uint32_t view_of(Domain domain);

/// The stack of `domain`.
base::Region stack_of(Domain domain);

/// Where the first call into a domain begins this stack, its own.
inline uintptr_t top_of(base::Region stack) {
    return stack.end() - RT_RESUME_RECORD_BYTES;
}

/// Bytes from `address` to the end of the region of `domain` that contains it; 0 if none does.
size_t room_at(Domain domain, uintptr_t address);

/// The domain whose region contains `address`, or `no_domain`.
Domain domain_at(uintptr_t address);

/// Whether the range is in the constants on key 0, which every domain may read.
bool is_constant(uintptr_t address, size_t bytes);

/// "parser", "monitor", "shared": the app's word for the memory with this key, or for the domain with
/// this number, which the app must have.
const char *name_of_number(unsigned number);
inline const char *name_of(key::Pkey key) {
    return name_of_number(key.raw());
}
inline const char *name_of(Domain domain) {
    return name_of_number(key::number_of(domain));
}
inline const char *name_of(const linker::RegionRecord &record) {
    return name_of_number(record.number);
}

/// Whether the app or the runtime has this key from the start. The key allocator has all others.
bool is_named(key::Pkey key);

/// The stack whose guard contains `address`, the monitor's stack included; else null.
const linker::RegionRecord *stack_above_guard(uintptr_t address);

/// The memory at `address`, in words: "parser's stack", "monitor's data", "text", "nothing mapped".
struct Place {
    const char *owner; // null for parts of the image that have no single owner
    const char *what;
};
Place place_of(uintptr_t address);

} // namespace rt::domain
