/// An image's authority for programs.
#pragma once

#include <string>

#include "linker/audit/facts.h"

namespace linker::audit {

/// JSON, as linker/audit/README.md describes it; the same bytes for the same facts.
std::string json(const Facts &facts);

} // namespace linker::audit
