/// The main loop of process 1, from start to end of the machine.
#pragma once

namespace init {

/// Reads the configuration, then starts, restarts and collects processes, and obeys the console,
/// until `off` or until no service is left. `planted_bug`: see parser.h.
void supervise(const char *configuration, bool planted_bug);

} // namespace init
