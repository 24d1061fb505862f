/// Prints the machine and one table for each question.
#pragma once

#include <ostream>

#include "bench/driver/session.h"

namespace driver {

void print_machine(std::ostream &stream, const Session &session);

/// Rows of one question are in one table, even from several programs; those of the stand-in have
/// tables of their own.
void print_tables(std::ostream &stream, const Session &session);

/// Prints how many rows were measured, were not, and failed.
void print_closing(std::ostream &stream, const Session &session);

} // namespace driver
