/// The exception table: sorted by the linker, and its rows lead from a gate into the same function.
#include <algorithm>

#include "rt/uaccess/exception_table.h"
#include "tests/image/checks.h"

namespace image {
namespace {

/// One row with its addresses.
struct Row {
    uint64_t instruction;
    uint64_t fixup;
};

/// The table between the symbols that the trap entry searches; throws Unreadable where it is cut.
std::vector<Row> rows(const Image &image) {
    using rt::uaccess::ExceptionEntry;
    const uint64_t begin = image.symbol("__start___ex_table");
    const uint64_t end = image.symbol("__stop___ex_table");
    if (end < begin || (end - begin) % sizeof(ExceptionEntry) != 0) {
        throw Unreadable(image.name() + ": the exception table is not made of whole rows");
    }
    std::vector<Row> all;
    for (uint64_t at = begin; at < end; at += sizeof(ExceptionEntry)) {
        const auto row = image.read<ExceptionEntry>(image.offset_of(at, sizeof(ExceptionEntry)));
        const auto target = [](uint64_t field, int32_t distance) {
            return field + static_cast<uint64_t>(int64_t{distance});
        };
        all.push_back({target(at + offsetof(ExceptionEntry, instruction), row.instruction),
                       target(at + offsetof(ExceptionEntry, fixup), row.fixup)});
    }
    return all;
}

/// The search halves the table: each instruction comes once, in ascending order.
void sorted(const Image &image, Report &report) {
    const auto table = rows(image);
    for (std::size_t i = 1; i < table.size(); ++i) {
        if (table[i - 1].instruction >= table[i].instruction) {
            report.findings.emplace_back("the row of " + image.place(table[i].instruction) +
                                         " stands behind that of " +
                                         image.place(table[i - 1].instruction));
        }
    }
}

void inside_the_gates(const Image &image, Report &report) {
    const uint64_t begin = image.symbol("__gate_start");
    const uint64_t end = image.symbol("__gate_end");
    for (const auto &row : rows(image)) {
        for (const uint64_t address : {row.instruction, row.fixup}) {
            if (address < begin || address >= end) {
                report.findings.emplace_back("a row leads to " + image.place(address) +
                                             ", outside the gates");
            }
        }
    }
}

void fixup_in_the_same_function(const Image &image, Report &report) {
    for (const auto &row : rows(image)) {
        const auto holds_both = [&](const Function &function) {
            return row.instruction >= function.begin && row.instruction < function.end &&
                   row.fixup >= function.begin && row.fixup < function.end;
        };
        if (std::none_of(image.functions().begin(), image.functions().end(), holds_both)) {
            report.findings.emplace_back("a fault at " + image.place(row.instruction) +
                                         " goes on in another function, at " +
                                         image.place(row.fixup));
        }
    }
}

/// All functions of rt/uaccess that touch a domain's memory, where the linker kept them.
void every_access_has_a_row(const Image &image, Report &report) {
    const auto table = rows(image);
    for (const auto &function : image.functions()) {
        if (!function.name.starts_with("rt_uaccess_") || function.name == "rt_uaccess_open" ||
            function.name == "rt_uaccess_close") {
            continue;
        }
        if (std::none_of(table.begin(), table.end(), [&](const Row &row) {
                return row.instruction >= function.begin && row.instruction < function.end;
            })) {
            report.findings.emplace_back("no row for " + function.name);
        }
    }
}

} // namespace

std::vector<Check> exception_table_checks() {
    return {
        // image.exception_table.sorted shows exception_table_is_sound
        {"exception_table.sorted", sorted},
        // image.exception_table.inside_the_gates shows exception_table_is_sound
        {"exception_table.inside_the_gates", inside_the_gates},
        // image.exception_table.fixup_in_the_same_function shows exception_table_is_sound
        {"exception_table.fixup_in_the_same_function", fixup_in_the_same_function},
        // image.exception_table.every_access_has_a_row shows exception_table_is_sound
        {"exception_table.every_access_has_a_row", every_access_has_a_row},
    };
}

} // namespace image
