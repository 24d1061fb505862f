/// Tables of READMEs, as far as tests read them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tree {

/// The cells of a row; a bar inside backticks separates nothing.
std::vector<std::string> cells_of(std::string_view line);

/// Whether the row is the one between head and body.
bool is_rule(const std::vector<std::string> &cells);

/// Whether a cell is names in backticks with commas between, and nothing else.
bool is_list(std::string_view cell);

} // namespace tree
