/// Words for the memory at the address of a fault.
#pragma once

#include "linker/symbols.h"
#include "rt/base/fault_text.h"

namespace rt::domain {

/// For example "parser's stack overflowed (64 KiB; STACK in postern_add_app)".
void append_overflow(base::Line &line, const linker::RegionRecord &stack);

} // namespace rt::domain
