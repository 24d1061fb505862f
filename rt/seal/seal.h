/// Sealing: after start the memory map cannot change.
#pragma once

#include <stddef.h>

#include "rt/base/region.h"
#include "rt/base/result.h"

namespace rt::seal {

struct Row;

/// What refuses a change of the sealed ranges.
enum class Provider : uint8_t {
    mseal,   // the kernel (rt/KERNELS.md)
    nothing, // no mseal; a filter that takes `ranges()` has to refuse them
    nobody,  // an image for tests, declared UNSEALED
};

/// Asks the kernel, and seals nothing by it. Before `seal_all`.
void find_provider();
/// What `find_provider` has found.
Provider provider();

/// Seals a region of the app's own mappings for the life of the process; to be called in prepare().
/// There is no way back. Without mseal the region is only added to `ranges()`: ENOSPC when there is
/// no room left, ENOSYS once `seal_all` has run. [linux userspace-api/mseal v6.12]
base::Result<base::Done> seal(base::Region region);

/// A range of the runtime's that not every run has, and what it holds: `seal_all` seals it as those
/// of the table. Before it, and before `prepare`; at most `most_added`.
void add(const char *name, base::Region region, const char *text);
inline constexpr size_t most_added = 5;

/// Those that were added so far, as rows (rt/seal/table.h).
class Added {
public:
    const Row *begin() const;
    const Row *end() const;
};
inline Added added() {
    return {};
}

/// The end of start: makes the settled words read-only (POSTERN_SETTLED), whether anything seals or
/// not. Then seals every range of the table (rt/seal/table.h) and those that were added, one call each. Where the kernel has mseal and refuses one, the program ends with a line that
/// names it.
void seal_all();

/// The ranges whose mappings may not change from the end of start on: those of the table and those
/// that were added, then those of the app. A range of the app is listed only if `seal` could not have the kernel refuse
/// changes.
class Ranges {
public:
    const base::Region *begin() const;
    const base::Region *end() const;
};
inline Ranges ranges() {
    return {};
}

} // namespace rt::seal
