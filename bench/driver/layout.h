/// Numbers and columns of text.
#pragma once

#include <ostream>
#include <string>
#include <vector>

namespace driver {

using Cells = std::vector<std::string>;

/// Prints a head and lines below it. The first and the last column are aligned left, the others
/// right. Empty columns are left out.
void print_columns(std::ostream &stream, const Cells &head, const std::vector<Cells> &lines);

/// A number as a table shows it, with about three digits.
std::string shown(double value);

} // namespace driver
