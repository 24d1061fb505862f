/// Where the kernel's initial stack was.
#pragma once

#include <stdint.h>

namespace smaps {

/// The stack pointer that the kernel started the program with, from /proc/self/stat: it stays there
/// when the stack is gone.
uint64_t first_stack_pointer();

} // namespace smaps
