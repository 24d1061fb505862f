/// Taking all protection keys at start.
#pragma once

#include "rt/base/result.h"

namespace rt::key {

/// Takes keys 1 to 15, so that every number is a constant of the build and none is left for anybody
/// else. Ends the program with one line where the kernel does not give one. Leaves this thread with
/// the monitor's view, but for the frame key, which stays closed until the frame strategy is known
/// (rt/trap/probe).
void take_all();

} // namespace rt::key
