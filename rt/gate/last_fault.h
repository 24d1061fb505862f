/// The fault that ended the innermost call, on its way from the trap to the caller.
#pragma once

#include "rt/base/fault.h"

namespace rt::gate {

/// Written by whoever unwinds a call, read by the call that was unwound before anything else runs.
base::Fault &last_fault();

} // namespace rt::gate
