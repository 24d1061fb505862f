/// The table of sites that start-up patches, as the file has it, and its check.
#include "linker/verify/alternatives.h"

#include <cstddef>

namespace linker::verify {
namespace {

using rt::patch::Feature;
using Row = rt::patch::Alternative;

uint64_t distant(uint64_t from, int32_t distance) {
    return from + static_cast<uint64_t>(static_cast<int64_t>(distance));
}

bool within(const Image &image, const char *begin, const char *end, uint64_t from, uint64_t to) {
    return from >= image.symbol(begin) && to <= image.symbol(end) && from <= to;
}

/// Whether bytes are the gates' or the trap entry's.
bool is_gate(const Image &image, uint64_t from, uint64_t to) {
    return within(image, "__gate_start", "__gate_end", from, to) ||
           within(image, "__trap_start", "__trap_end", from, to);
}

bool is_depth(Feature feature) {
    return feature == Feature::wipe_sse || feature == Feature::wipe_avx ||
           feature == Feature::wipe_avx512;
}

/// The error of a row's replacement, if any. It is none, or one jump among the patched code.
std::string fault_of_bytes(const Image &image, const Alternative &row) {
    constexpr unsigned jump_bytes = 5; // jmp rel32
    constexpr unsigned char jump = 0xe9;
    if (row.count == 0) {
        return "";
    }
    const auto *section = image.section(".alternatives.bytes");
    const uint64_t begin = section == nullptr ? 0 : section->header.sh_addr;
    const uint64_t end = section == nullptr ? 0 : begin + section->header.sh_size;
    if (row.bytes < begin || row.bytes > end || end - row.bytes < row.count) {
        return "takes its bytes from elsewhere than .alternatives.bytes";
    }
    if (row.count != jump_bytes || image.bytes()[image.offset_of(row.bytes, 1)] != jump) {
        return "is replaced by something else than a jump";
    }
    const uint64_t target = target_of(image, row);
    return is_gate(image, target, target + 1) ? "" : "becomes a jump out of the gates";
}

/// The error of one row by itself, if any.
std::string fault_of(const Image &image, const Alternative &row) {
    if (!is_gate(image, row.site, row.end()) &&
        !within(image, "__memory_start", "__memory_end", row.site, row.end())) {
        return "is in none of memory functions, gates and trap entry";
    }
    if (row.length == 0 || row.count > row.length) {
        return "has " + std::to_string(row.count) + " bytes for a site of " +
               std::to_string(row.length);
    }
    if (name_of(row.feature).empty()) {
        return "is for a feature that is not known";
    }
    return fault_of_bytes(image, row);
}

/// The error between a row and the next, if any.
std::string fault_between(const Alternative &row, const Alternative &next) {
    if (next.site < row.site) {
        return "comes before a site at a lower address";
    }
    if (next.site != row.site) {
        return next.site < row.end() ? "reaches into the next site" : "";
    }
    if (next.length != row.length) {
        return "has two lengths";
    }
    return is_depth(row.feature) && is_depth(next.feature) && row.feature < next.feature
               ? ""
               : "has two rows that may both hold";
}

/// Start-up writes where the rows say, and what they say. It checks nothing.
///
/// The bytes that it writes are the same in every image: no domain brings rows (foreign.cc),
/// and the distance of a jump is one within its section, which no link changes
/// (rt/patch/alternative.h). So the patched text is searched by the tests alone, once for all
/// images (image.alternatives.patched_text).
void table(const Image &image, Report &report) {
    const auto rows = alternatives_of(image);
    if (rows.empty() && image.symbols().contains("rt_trap_entry")) {
        report.findings.emplace_back("no row of .alternatives: the trap entry has sites");
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
        std::string fault = fault_of(image, rows[i]);
        if (fault.empty() && i + 1 < rows.size()) {
            fault = fault_between(rows[i], rows[i + 1]);
        }
        if (!fault.empty()) {
            report.findings.emplace_back("the site " + image.place(rows[i].site) +
                                         " of .alternatives " + fault);
        }
    }
}

} // namespace

std::vector<Alternative> alternatives_of(const Image &image) {
    const uint64_t begin = image.symbol("__alternatives_start");
    const uint64_t end = image.symbol("__alternatives_end");
    if (end < begin || (end - begin) % sizeof(Row) != 0) {
        throw Unreadable(image.name() + ": the table .alternatives is not made of whole rows");
    }
    std::vector<Alternative> rows;
    for (uint64_t at = begin; at != end; at += sizeof(Row)) {
        const auto row = image.read<Row>(image.offset_of(at, sizeof(Row)));
        rows.push_back({.site = distant(at + offsetof(Row, site_distance), row.site_distance),
                        .bytes = distant(at + offsetof(Row, bytes_distance), row.bytes_distance),
                        .length = row.length,
                        .count = row.count,
                        .feature = row.feature});
    }
    return rows;
}

uint64_t target_of(const Image &image, const Alternative &row) {
    const auto distance = image.read<int32_t>(image.offset_of(row.bytes, row.count) + 1);
    return distant(row.site + row.count, distance);
}

std::string name_of(Feature feature) {
    switch (feature) {
#define FEATURE(name, number)                                                                      \
    case Feature::name:                                                                            \
        return #name;
        RT_FEATURES(FEATURE)
#undef FEATURE
    }
    return "";
}

std::vector<Check> alternatives_checks() {
    return {{"alternatives.table", table}};
}

} // namespace linker::verify
