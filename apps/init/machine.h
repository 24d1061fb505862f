/// Prepares the machine before the first service, and ends it after the last.
#pragma once

#include "rt/rt.h"

namespace init {

/// Mounts the file systems that programs expect, and makes sure that descriptors 0, 1 and 2 exist.
void set_up_machine();

/// Ends all processes, first by a request, and switches the machine off. Returns only if that is
/// refused.
void switch_off();

} // namespace init
