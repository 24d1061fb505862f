/// Whose region a domain's object brings bytes into, by the name of a section.
#pragma once

#include "linker/verify/checks.h"
#include "linker/verify/owners.h"

namespace linker::verify {

/// A domain's objects bring bytes into its own region, and into data domains that it has; all else
/// is refused. Where the linker placed a byte counts, not what its section is called.
void refuse_placed(const Image &image, const Owners &owners, Report &report);

} // namespace linker::verify
