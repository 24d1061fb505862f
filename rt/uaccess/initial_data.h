/// Initial contents of a domain's memory.
#pragma once

#include "linker/symbols.h"
#include "rt/uaccess/copy.h"

namespace rt::uaccess {

/// Copies the pristine data of `record`, the data region of a domain or of a data domain, into the
/// region, through a window. The rest of the region is left as it is: zeros, at start. The
/// monitor's key is on the pristine data, and nothing can write it: no domain can change it.
Copied write_initial_data(const linker::RegionRecord &record);

/// Makes the rest of the region zero: the bytes for which there is no initial data.
Copied clear_rest(const linker::RegionRecord &record);

/// Writes to each page of `record`, a domain's region that is all zeros, so that the kernel
/// supplies it now. Whether all of them could be written.
bool touch_pages(const linker::RegionRecord &record);

} // namespace rt::uaccess
