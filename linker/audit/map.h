/// The memory map of an image as a picture.
#pragma once

#include <string>

#include "linker/audit/facts.h"

namespace linker::audit {

/// SVG. Equal facts give equal bytes.
std::string map(const Facts &facts);

} // namespace linker::audit
