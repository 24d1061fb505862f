/// An image's authority as text.
#pragma once

#include <string>

#include "linker/audit/facts.h"

namespace linker::audit {

/// Names, keys, entries, grants, sites and seals. This text changes only if some part gets more or
/// less authority: it has no sizes, addresses or hashes.
std::string authority(const Facts &facts);

/// The same on one page with regions, counts, sizes and hashes.
std::string table(const Facts &facts);

} // namespace linker::audit
