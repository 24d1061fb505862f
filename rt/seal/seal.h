/// Sealing: after start the memory map cannot change.
#pragma once

#include <stddef.h>

#include "rt/base/region.h"
#include "rt/base/result.h"

namespace rt::seal {

/// What refuses a change of the sealed ranges.
enum class Provider : uint8_t {
    mseal,   // the kernel (rt/KERNELS.md)
    nothing, // no mseal; a filter that takes `ranges()` has to refuse them
    nobody,  // an image for tests, declared UNSEALED
};

/// Asks the kernel, and seals nothing by it. Before `seal_all`.
Provider find_provider();

/// Seals a region of the app's own mappings for the life of the process; to be called in prepare().
/// There is no way back. Without mseal the region is only added to `ranges()`: ENOSPC when there is
/// no room left, ENOSYS once `seal_all` has run. [linux userspace-api/mseal v6.12]
base::Result<base::Done> seal(base::Region region);

/// The end of start: seals every range of the table (rt/seal/table.h), one call each. Where the
/// kernel has mseal and refuses one, the program ends with a line that names it.
void seal_all();

/// The ranges whose mappings may not change from the end of start on: those of the table, then
/// those of the app. A range of the app is listed only if `seal` could not have the kernel refuse
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
