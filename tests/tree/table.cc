/// Tables of READMEs, as far as tests read them.
#include "tests/tree/table.h"

#include <algorithm>

#include "tests/tree/text.h"

namespace tree {

std::vector<std::string> cells_of(std::string_view line) {
    std::vector<std::string> cells;
    std::string cell;
    bool quoted = false;
    for (const char character : trim(line).substr(1)) {
        quoted = character == '`' ? !quoted : quoted;
        if (character == '|' && !quoted) {
            cells.emplace_back(trim(cell));
            cell.clear();
        } else {
            cell += character;
        }
    }
    if (!trim(cell).empty()) {
        cells.emplace_back(trim(cell));
    }
    return cells;
}

bool is_rule(const std::vector<std::string> &cells) {
    return std::all_of(cells.begin(), cells.end(), [](const std::string &cell) {
        return !cell.empty() && cell.find_first_not_of(":-") == cell.npos;
    });
}

bool is_list(std::string_view cell) {
    const auto pieces = split(cell, ',');
    return std::all_of(pieces.begin(), pieces.end(), [](const std::string &piece) {
        return piece.size() > 2 && piece.front() == '`' && piece.back() == '`';
    });
}

} // namespace tree
