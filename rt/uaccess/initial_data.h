/// Initial contents of a domain's memory.
#pragma once

#include "linker/symbols.h"
#include "rt/uaccess/copy.h"

namespace rt::uaccess {

/// Copies the pristine data of `record`, the data region of a domain or of a data domain, into the
/// region, through a window. The rest of the region is left as it is: zeros, at start.
Copied write_initial_data(const linker::RegionRecord &record);

} // namespace rt::uaccess
