/// The sites that start-up patches: the table itself, and the instructions in a patched text.
#include <algorithm>

#include "rt/patch/nops.h"
#include "tests/image/alternatives.h"
#include "tests/image/checks.h"

namespace image {
namespace {

using rt::patch::Feature;
using rt::patch::Features;

bool within(const Image &image, const char *begin, const char *end, uint64_t from, uint64_t to) {
    return from >= image.symbol(begin) && to <= image.symbol(end) && from <= to;
}

bool is_depth(Feature feature) {
    return feature == Feature::wipe_sse || feature == Feature::wipe_avx ||
           feature == Feature::wipe_avx512;
}

/// The error of one row by itself, if any.
std::string fault_of(const Image &image, const Alternative &row) {
    if (!within(image, "__gate_start", "__gate_end", row.site, row.end()) &&
        !within(image, "__trap_start", "__trap_end", row.site, row.end())) {
        return "lies neither in the gates nor in the trap entry";
    }
    if (row.length == 0 || row.count > row.length) {
        return "has " + std::to_string(row.count) + " bytes for a site of " +
               std::to_string(row.length);
    }
    if (name_of(row.feature).empty()) {
        return "is for a feature that nobody knows";
    }
    if (row.count != 0 &&
        !within(image, "__rodata_start", "__rodata_end", row.bytes, row.bytes + row.count)) {
        return "takes its bytes from elsewhere than the constants";
    }
    return "";
}

/// The error between a row and the next, if any.
std::string fault_between(const Alternative &row, const Alternative &next) {
    if (next.site < row.site) {
        return "stands before a site at a lower address";
    }
    if (next.site != row.site) {
        return next.site < row.end() ? "reaches into the next site" : "";
    }
    if (next.length != row.length) {
        return "is said to have two lengths";
    }
    return is_depth(row.feature) && is_depth(next.feature) && row.feature < next.feature
               ? ""
               : "has two rows that may both hold";
}

void table(const Image &image, Report &report) {
    const auto rows = alternatives_of(image);
    if (rows.empty()) {
        report.findings.emplace_back("no row: the trap entry has sites in every image");
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
        std::string fault = fault_of(image, rows[i]);
        if (fault.empty() && i + 1 < rows.size()) {
            fault = fault_between(rows[i], rows[i + 1]);
        }
        if (!fault.empty()) {
            report.findings.emplace_back("the site " + image.place(rows[i].site) + " " + fault);
        }
    }
}

/// Instructions on PKRU, which a machine without keys does not execute. [sdm-2 WRPKRU, RDPKRU]
std::vector<uint64_t> key_instructions(const Image &image, const Bytes &bytes) {
    std::vector<uint64_t> found;
    const uint64_t end = image.symbol("__text_end");
    for (uint64_t at = image.symbol("__gate_start"); at + 3 <= end; ++at) {
        const auto *code = bytes.data() + image.offset_of(at, 3);
        if (code[0] == 0x0f && code[1] == 0x01 && (code[2] == 0xef || code[2] == 0xee)) {
            found.push_back(at);
        }
    }
    return found;
}

/// A wrpkru alone is a site, and what follows it stays; a rdpkru is part of one, with its compare.
void key_instructions_are_sites(const Image &image, Report &report) {
    const auto rows = alternatives_of(image);
    for (const uint64_t at : key_instructions(image, image.bytes())) {
        const bool writes = image.bytes()[image.offset_of(at, 3) + 2] == 0xef;
        const bool is_site = std::any_of(rows.begin(), rows.end(), [&](const auto &row) {
            return row.feature == Feature::no_keys && row.count == 0 &&
                   (writes ? row.site == at && row.length == 3
                           : row.site <= at && row.end() >= at + 3);
        });
        if (!is_site) {
            report.findings.emplace_back(std::string(writes ? "wrpkru" : "rdpkru") + " at " +
                                         image.place(at) + " is no site of no_keys");
        }
    }
}

/// With every depth of the wipe all checks of the file's text hold; without keys those that speak
/// of no PKRU, and no instruction on it is left.
void patched_text(const Image &image, Report &report) {
    for (const Feature depth : {Feature::wipe_sse, Feature::wipe_avx, Feature::wipe_avx512}) {
        const Features with_keys = Features().with(depth).with(Feature::fsrm);
        for (const Features features : {with_keys, with_keys.with(Feature::no_keys)}) {
            const Image after(image.name(), patched(image, features));
            const bool keys = !features.has(Feature::no_keys);
            for (const auto &check : instruction_checks()) {
                const std::string_view name{check.name};
                // image.instructions.no_xrstor shows images_are_laid_out_right tries attack_2
                // image.instructions.two_syscalls shows images_are_laid_out_right
                if (keys || name == "instructions.no_xrstor" ||
                    name == "instructions.two_syscalls") {
                    Report found;
                    check.run(after, found);
                    for (const auto &finding : found.findings) {
                        report.findings.emplace_back("patched for " + name_of(depth) + ": " +
                                                     finding.what);
                    }
                }
            }
            if (!keys && !key_instructions(after, after.bytes()).empty()) {
                report.findings.emplace_back("patched for no_keys: an instruction on PKRU is left");
            }
        }
    }
}

/// The code that runs while gates and trap entry are not executable is outside their pages.
void patcher_outside(const Image &image, Report &report) {
    for (const auto &function : image.functions()) {
        const bool is_theirs =
            function.name.starts_with("rt_gate_") || function.name.starts_with("rt_uaccess_") ||
            function.name.starts_with("rt_trap_") || function.name == "__restore_rt";
        if (function.begin >= image.symbol("__gate_start") &&
            function.begin < image.symbol("__text_end") && !is_theirs) {
            report.findings.emplace_back(function.name + " lies among the gates, which are not "
                                                         "executable while they are patched");
        }
    }
    if (image.symbol("__gate_start") % POSTERN_PAGE != 0 ||
        image.symbol("__text_end") % POSTERN_PAGE != 0) {
        report.findings.emplace_back("the gates share a page with other text");
    }
}

} // namespace

std::vector<Check> patching_checks() {
    return {
        // image.alternatives.table shows alternatives_match_features
        {"alternatives.table", table},
        // image.alternatives.key_instructions_are_sites shows alternatives_match_features
        {"alternatives.key_instructions_are_sites", key_instructions_are_sites},
        // image.alternatives.patched_text shows alternatives_match_features
        {"alternatives.patched_text", patched_text},
        // image.alternatives.patcher_outside shows alternatives_match_features
        {"alternatives.patcher_outside", patcher_outside},
    };
}

} // namespace image
