/// A fault as one line that a person understands.
#pragma once

#include "linker/symbols.h"
#include "rt/base/fault.h"
#include "rt/base/line.h"

namespace rt::base {

/// For example "parser: write of 0x200000404010 refused: key 0, constants, at 0x200000001234".
/// Addresses are numbers here; toolchain/explain adds symbols.
void append_to(Line &line, const Fault &fault);

/// For example "parser's stack overflowed (64 KiB; STACK in postern_add_app)".
void append_overflow(Line &line, const linker::RegionRecord &stack);

} // namespace rt::base
