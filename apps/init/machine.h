/// The machine before the first service and after the last.
#pragma once

#include "rt/rt.h"

namespace init {

/// Mounts what programs expect, and sees to it that descriptors 0, 1 and 2 exist.
void set_up_machine();

/// Ends all processes, first by asking, and switches the machine off. Comes back only where that is
/// refused.
void switch_off();

} // namespace init
