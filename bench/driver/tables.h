/// What a person reads: the machine, and one table for each question.
#pragma once

#include <ostream>

#include "bench/driver/session.h"

namespace driver {

void print_machine(std::ostream &stream, const Session &session);

/// Rows of one question stand together, whichever program measured them; the stand-in's stand
/// apart.
void print_tables(std::ostream &stream, const Session &session);

/// How many rows were measured, and which were not.
void print_closing(std::ostream &stream, const Session &session);

} // namespace driver
