/// bench_targets: prints the table of targets for bench/README.md, or compares that page with it.
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "bench/driver/target_list.h"

namespace {

constexpr const char *usage = "usage: bench_targets [PAGE]\n"
                              "  without PAGE the table is printed; with it, it must be in PAGE\n";
constexpr const char *name = "bench.targets.the_page_has_the_table";

std::string table() {
    std::string text = "| what | target |\n|---|---|\n";
    for (const auto &target : driver::targets()) {
        text += std::string{"| "} + target.what + " | " + driver::limit_of(target) + " |\n";
    }
    return text;
}

int compare(const std::string &path) {
    std::ifstream file{path};
    const std::string page{std::istreambuf_iterator<char>{file}, {}};
    if (page.empty()) {
        std::cerr << "bench_targets: " << path << ": cannot be read, or is empty\n";
        return 2;
    }
    // A line directly above or below would be another row.
    const std::string wanted = "\n\n" + table();
    const auto at = page.find(wanted);
    const auto end = at + wanted.size();
    if (at == page.npos || (end < page.size() && page[end] != '\n')) {
        std::cout
            << "failed " << name << ": " << path
            << " has another table; replace it by this one, with an empty line above and below:\n"
            << table();
        return 1;
    }
    std::cout << "passed " << name << '\n';
    return 0;
}

} // namespace

int main(int count, char **arguments) {
    if (count > 2) {
        std::cerr << usage;
        return 2;
    }
    if (count == 2) {
        return compare(arguments[1]);
    }
    std::cout << table();
    return 0;
}
