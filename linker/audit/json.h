/// An image's authority as JSON, for programs.
#pragma once

#include <string>

#include "linker/audit/facts.h"

namespace linker::audit {

/// JSON, as linker/audit/schema.md describes it. Equal facts give equal bytes.
std::string json(const Facts &facts);

} // namespace linker::audit
