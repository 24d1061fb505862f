/// How test cases ended, and which skips are stated: results and tests/README.md as data.
#include "tests/tree/endings.h"

#include <algorithm>
#include <array>
#include <vector>

#include "tests/tree/text.h"

namespace tree {

namespace {

constexpr std::array<std::string_view, 13> kinds{
    "unit", "run",   "deny",   "link", "image", "attack", "kernel",
    "tree", "debug", "hosted", "fuzz", "bench", "native",
};

/// The line numbers between `## title` and the next heading of that rank.
std::vector<std::size_t> section(const SourceFile &file, std::string_view title) {
    std::vector<std::size_t> lines;
    bool inside = false;
    for (std::size_t line = 1; line <= file.lines.size(); ++line) {
        const std::string_view text = file.lines[line - 1];
        if (text.starts_with("# ") || text.starts_with("## ")) {
            inside = trim(text) == "## " + std::string{title};
        } else if (inside) {
            lines.push_back(line);
        }
    }
    return lines;
}

} // namespace

bool is_kind(std::string_view name) {
    const auto kind = name.substr(0, name.find('.'));
    return kind.size() + 1 < name.size() &&
           std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

std::map<std::string, std::size_t> read_skips(const SourceFile &readme, Outcome &outcome) {
    std::map<std::string, std::size_t> skips;
    for (const auto line : section(readme, "Skips")) {
        const std::string_view text = readme.lines[line - 1];
        if (!text.starts_with("- ")) {
            continue;
        }
        const auto names = backticked(text);
        const std::string head = names.empty() ? "" : "- `" + names[0] + "`: ";
        if (names.empty() || !text.starts_with(head) || trim(text.substr(head.size())).empty()) {
            outcome.add(readme.path, line, "a skip without name or reason; write - `name`: reason");
            continue;
        }
        skips.emplace(names[0], line);
    }
    return skips;
}

Results read_results(const SourceFile &file, Outcome &outcome) {
    Results results;
    for (std::size_t line = 1; line <= file.lines.size(); ++line) {
        const std::string_view text = file.lines[line - 1];
        const auto blank = text.find(' ');
        const auto verb = text.substr(0, blank);
        const auto rest = blank == text.npos ? std::string_view{} : trim(text.substr(blank));
        const auto name = trim(rest.substr(0, verb == "skipped" ? rest.find(": ") : rest.npos));
        if ((verb != "passed" && verb != "failed" && verb != "skipped") || name.empty() ||
            contains(name, " ") || (verb == "skipped" && name.size() == rest.size())) {
            outcome.add(file.path, line,
                        "no result; write passed NAME, failed NAME or skipped NAME: reason");
            continue;
        }
        const Ran ran{line, verb == "passed"   ? Ending::passed
                            : verb == "failed" ? Ending::failed
                                               : Ending::skipped};
        auto &known = results.try_emplace(std::string{name}, ran).first->second;
        if (ran.ending == Ending::failed || known.ending == Ending::skipped) {
            known = ran;
        }
    }
    return results;
}

} // namespace tree
