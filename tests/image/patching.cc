/// The sites that start-up patches: instructions on PKRU are among them, and the patched text
/// passes the checks.
#include <algorithm>

#include "rt/patch/nops.h"
#include "tests/image/alternatives.h"
#include "tests/image/checks.h"

namespace image {
namespace {

using rt::patch::Feature;
using rt::patch::Features;

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
        const Features with_keys =
            Features().with(depth).with(Feature::fsrm).with(Feature::avx2).with(Feature::avx512);
        for (const Features features : {with_keys, with_keys.with(Feature::no_keys)}) {
            const Image after(image.name(), patched(image, features));
            const bool keys = !features.has(Feature::no_keys);
            for (const auto &check : instruction_checks()) {
                const std::string_view name{check.name};
                // image.instructions.no_xrstor shows images_are_laid_out_right tries attack_2
                // image.instructions.listed_syscalls shows images_are_laid_out_right
                if (keys || name == "instructions.no_xrstor" ||
                    name == "instructions.listed_syscalls") {
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

/// The code that runs while memory functions, gates and trap entry are not executable is outside
/// their pages.
void patcher_outside(const Image &image, Report &report) {
    constexpr std::string_view in_memory[] = {"memmove", "memset", "memcmp"};
    for (const auto &function : image.functions()) {
        const bool is_theirs =
            std::find(std::begin(in_memory), std::end(in_memory), function.name) !=
                std::end(in_memory) ||
            function.name.starts_with("rt_gate_") || function.name.starts_with("rt_uaccess_") ||
            function.name.starts_with("rt_space_enter") || function.name.starts_with("rt_trap_") ||
            function.name == "__restore_rt";
        if (function.begin >= image.symbol("__memory_start") &&
            function.begin < image.symbol("__space_start") && !is_theirs) {
            report.findings.emplace_back(function.name + " lies in the patched pages, which are "
                                                         "not executable meanwhile");
        }
    }
    if (image.symbol("__memory_start") % POSTERN_PAGE != 0 ||
        image.symbol("__gate_start") % POSTERN_PAGE != 0 ||
        image.symbol("__space_start") % POSTERN_PAGE != 0) {
        report.findings.emplace_back("the patched code shares a page with other text");
    }
}

} // namespace

std::vector<Check> patching_checks() {
    return {
        // image.alternatives.key_instructions_are_sites shows alternatives_match_features
        {"alternatives.key_instructions_are_sites", key_instructions_are_sites},
        // image.alternatives.patched_text shows alternatives_match_features
        {"alternatives.patched_text", patched_text},
        // image.alternatives.patcher_outside shows alternatives_match_features
        {"alternatives.patcher_outside", patcher_outside},
    };
}

} // namespace image
