/// This image run once more by itself, to see what execve leaves of a thread.
#pragma once

#include "rt/start/arguments.h"

namespace kernel {

/// Whether `arguments` are those of a second life.
bool is_second_life(const rt::start::Arguments &arguments);

/// Prints PKRU, the alternate stack's flags, SIGUSR1's handler and whether dispatch is on, and
/// ends.
[[noreturn]] void live_again();

} // namespace kernel
