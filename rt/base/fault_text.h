/// A fault as one line that a person understands.
#pragma once

#include "rt/base/fault.h"
#include "rt/base/line.h"

namespace rt::base {

/// For example "parser: write of 0x200000404010 refused: key 0, constants, at 0x200000001234".
/// Addresses are numbers here; toolchain/explain adds symbols. Defined in rt/domain/fault_text.cc,
/// which knows the regions.
void append_to(Line &line, const Fault &fault);

} // namespace rt::base
