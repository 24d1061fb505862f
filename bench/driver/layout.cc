/// Numbers and columns of text.
#include "bench/driver/layout.h"

#include <algorithm>
#include <cstdio>

namespace driver {

void print_columns(std::ostream &stream, const Cells &head, const std::vector<Cells> &lines) {
    std::vector<std::size_t> widths(head.size(), 0);
    for (std::size_t column = 0; column < head.size(); ++column) {
        for (const auto &line : lines) {
            widths[column] = std::max(widths[column], line[column].size());
        }
        if (widths[column] > 0) {
            widths[column] = std::max(widths[column], head[column].size());
        }
    }
    const auto print = [&](const Cells &cells) {
        std::string text;
        for (std::size_t column = 0; column < cells.size(); ++column) {
            if (widths[column] == 0) {
                continue;
            }
            const std::string space(widths[column] - cells[column].size(), ' ');
            const bool from_left = column == 0 || column + 1 == cells.size();
            text += "  " + (from_left ? cells[column] + space : space + cells[column]);
        }
        text.erase(text.find_last_not_of(' ') + 1);
        stream << text << '\n';
    };
    print(head);
    for (const auto &line : lines) {
        print(line);
    }
}

std::string shown(double value) {
    char text[32];
    const double size = value < 0 ? -value : value;
    const int digits = size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2;
    std::snprintf(text, sizeof text, "%.*f", digits, value);
    return text;
}

} // namespace driver
