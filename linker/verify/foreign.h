/// Things of the runtime that a domain's object must not contain: code among the gates, rows of the
/// runtime's tables, and names that other code resolves to.
#pragma once

#include "linker/verify/pass.h"

namespace linker::verify {

/// Makes all of these checks.
void refuse_foreign(const Image &image, const Owners &owners, Report &report);

} // namespace linker::verify
