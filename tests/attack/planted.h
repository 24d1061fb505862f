/// Forged frames that a genuine fault has put on an alternate stack, for a sweep of all of them.
#pragma once

#include "tests/attack/strike.h"

namespace attack {

/// How many there are: each way of bringing one there that this machine has, with gs kept and
/// zeroed, with each XSAVE pointer, for each signal that the runtime handles.
size_t plant_count();

/// Has the kernel write such a frame, and yields the register file that jumps with rsp on it and
/// the monitor's view in eax; rsp is zero when the frame is not there.
RegisterFile plant(size_t row);

} // namespace attack
