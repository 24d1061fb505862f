/// What a domain's object must not bring because it is not its own: code among the gates, rows of
/// the runtime's tables, names that others resolve to.
#pragma once

#include "linker/verify/pass.h"

namespace linker::verify {

/// All of these questions.
void refuse_foreign(const Image &image, const Owners &owners, Report &report);

} // namespace linker::verify
