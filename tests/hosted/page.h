/// A table in a page that is printed from the sources: the tool prints it, or compares the page
/// with it.
#pragma once

#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

namespace hosted {

/// A table, and what speaks for it.
struct Page {
    const char *tool;
    const char *test; // the case's name
    std::string table;
};

/// Whether the page at `path` has the table, between lines that are no rows: 0, 1, or 2 where it
/// cannot be read.
inline int compare(const Page &page, const std::string &path) {
    std::ifstream file{path};
    const std::string text{std::istreambuf_iterator<char>{file}, {}};
    if (text.empty()) {
        std::cerr << page.tool << ": " << path << ": cannot be read, or is empty\n";
        return 2;
    }
    const std::string wanted = "\n\n" + page.table;
    const auto at = text.find(wanted);
    const auto end = at + wanted.size();
    if (at == text.npos || (end < text.size() && text[end] != '\n')) {
        std::cout << "failed " << page.test << ": " << path
                  << " has another table; replace it by this one, with an empty line above and "
                     "below:\n"
                  << page.table;
        return 1;
    }
    std::cout << "passed " << page.test << '\n';
    return 0;
}

/// `main` of such a tool: without PAGE it prints the table.
inline int run(const Page &page, int count, char **arguments) {
    if (count > 2) {
        std::cerr << "usage: " << page.tool << " [PAGE]\n";
        return 2;
    }
    if (count == 2) {
        return compare(page, arguments[1]);
    }
    std::cout << page.table;
    return 0;
}

} // namespace hosted
