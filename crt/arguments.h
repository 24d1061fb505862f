/// The initial stack: argc, argv, envp, auxv and their strings [psabi 3.4.1].
#pragma once

#include <stdint.h>

#include "crt/handoff.h"

namespace crt {

/// Copies everything from `initial_stack` to the top of the kernel's stack into the arguments
/// region and corrects the pointers in the copy.
void copy_arguments(const uint64_t *initial_stack, Handoff &handoff);

} // namespace crt
