/// What Postern wants to cost, and what it did in this run.
#pragma once

#include <ostream>

#include "bench/driver/session.h"

namespace driver {

/// Prints target, floor, measured and spread. The verdict is printed and nothing more.
void print_targets(std::ostream &stream, const Session &session);

} // namespace driver
