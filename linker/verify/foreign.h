/// What an object must not bring because it is not its own: code among the gates, rows of the
/// runtime's tables, definitions in place of the runtime's or another domain's.
#pragma once

#include "linker/verify/pass.h"

namespace linker::verify {

/// All of these questions; throws Unreadable where an archive cannot be read. Yields what domains
/// share by the linker's choice, which refuses no image.
std::vector<SharedCode> refuse_foreign(const Image &image, const Owners &owners, Report &report);

} // namespace linker::verify
