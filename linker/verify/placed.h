/// Checks into which regions a domain's object places bytes by the names of its sections.
#pragma once

#include "linker/verify/checks.h"
#include "linker/verify/owners.h"

namespace linker::verify {

/// A domain's objects may place bytes in its own region and in data domains that it has; every
/// other region is refused. The address that the linker assigned decides, not the section's name.
void refuse_placed(const Image &image, const Owners &owners, Report &report);

} // namespace linker::verify
