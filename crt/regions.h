/// Regions before keys exist: reserving them and giving them their initial contents.
#pragma once

#include "linker/symbols.h"

namespace crt {

/// Reserves the whole address range of all regions, inaccessible. Memory that no region opens later
/// stays so, as guards.
void reserve_regions();

/// Makes the monitor's regions and the thread slots writable and fills them.
void place_monitor();

/// Copies the pristine contents of `region` into it; the region must be writable and still zero.
void fill(const linker::RegionRecord &region);

} // namespace crt
