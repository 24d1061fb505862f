/// The targets for costs, and the costs in this run.
#pragma once

#include <ostream>

#include "bench/driver/session.h"

namespace driver {

/// Prints target, floor, measured value and spread. The verdict is only printed; it does not change
/// the exit status.
void print_targets(std::ostream &stream, const Session &session);

} // namespace driver
