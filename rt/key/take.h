/// Taking all protection keys at start.
#pragma once

#include "rt/base/result.h"

namespace rt::key {

/// Takes keys 1 to 15, so that every number is a constant of the build and no other code can get a
/// key. Ends the program with one line if the kernel refuses one. This thread then has the
/// monitor's view, except that the frame key stays closed until the frame strategy is known
/// (rt/trap/probe.S).
void take_all();

} // namespace rt::key
