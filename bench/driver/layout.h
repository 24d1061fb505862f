/// Numbers and columns of text.
#pragma once

#include <ostream>
#include <string>
#include <vector>

namespace driver {

using Cells = std::vector<std::string>;

/// Prints a head and lines below it: the first and the last column begin at the left, the others
/// end at the right. Columns without any text are left out.
void print_columns(std::ostream &stream, const Cells &head, const std::vector<Cells> &lines);

/// A number as a table shows it: three digits or so.
std::string shown(double value);

} // namespace driver
