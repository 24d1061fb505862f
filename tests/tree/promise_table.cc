/// tests/README.md and the root README.md as data: promises, skips, guarantees.
#include "tests/tree/promise_table.h"

#include <algorithm>
#include <array>

#include "tests/tree/table.h"
#include "tests/tree/text.h"

namespace tree {

namespace {

constexpr std::array<std::string_view, 12> kinds{
    "unit",   "run",  "deny",  "link",   "image", "attack",
    "kernel", "tree", "debug", "hosted", "fuzz",  "bench",
};

Promise read_row(const SourceFile &readme, std::size_t line, Outcome &outcome) {
    const auto cells = cells_of(readme.lines[line - 1]);
    if (cells.size() != 3) {
        outcome.add(readme.path, line,
                    "a row of " + std::to_string(cells.size()) +
                        " cells; write | promise | source | tests |");
        return {line, "", {}};
    }
    if (!is_list(cells[2])) {
        outcome.add(readme.path, line,
                    "more than names in the cell of tests; write `a.b.c`, `a.b.d`");
    }
    return {line, cells[0], backticked(cells[2])};
}

/// The line numbers between `## title` and the next heading of that rank; nothing without it.
std::optional<std::vector<std::size_t>> section(const SourceFile &file, std::string_view title) {
    std::optional<std::vector<std::size_t>> lines;
    bool inside = false;
    for (std::size_t line = 1; line <= file.lines.size(); ++line) {
        const std::string_view text = file.lines[line - 1];
        if (text.starts_with("# ") || text.starts_with("## ")) {
            inside = trim(text) == "## " + std::string{title};
            if (inside && !lines) {
                lines.emplace();
            }
        } else if (inside) {
            lines->push_back(line);
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

std::vector<Promise> read_promises(const SourceFile &readme, Outcome &outcome) {
    std::vector<Promise> promises;
    std::size_t tables = 0;
    std::size_t row = 0; // of the present table
    for (std::size_t line = 1; line <= readme.lines.size(); ++line) {
        if (!trim(readme.lines[line - 1]).starts_with("|")) {
            row = 0;
            continue;
        }
        const auto cells = cells_of(readme.lines[line - 1]);
        if (++row == 1) {
            ++tables;
            const bool is_head = cells == std::vector<std::string>{"promise", "source", "tests"};
            if (tables > 1 || !is_head) {
                outcome.add(
                    readme.path, line,
                    "a table that is not the one | promise | source | tests |; write prose");
            }
        } else if (tables == 1 && (row != 2 || !is_rule(cells))) {
            promises.push_back(read_row(readme, line, outcome));
        }
    }
    if (promises.empty()) {
        outcome.add(readme.path, 1, "no promises; add the table | promise | source | tests |");
    }
    return promises;
}

std::map<std::string, std::size_t> read_skips(const SourceFile &readme, Outcome &outcome) {
    std::map<std::string, std::size_t> skips;
    for (const auto line : section(readme, "Skips").value_or(std::vector<std::size_t>{})) {
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

std::optional<std::vector<Promise>> read_guarantees(const SourceFile &readme) {
    const auto lines = section(readme, "Guarantees");
    if (!lines) {
        return {};
    }
    std::vector<Promise> guarantees;
    bool inside = false;
    for (const auto line : *lines) {
        const std::string &text = readme.lines[line - 1];
        const bool is_bullet = text.starts_with("- ") || text.starts_with("* ");
        inside = is_bullet || (inside && text.starts_with(" "));
        if (is_bullet) {
            guarantees.push_back({line, "", {}});
        }
        if (inside) {
            guarantees.back().text += text + "\n";
        }
    }
    for (auto &guarantee : guarantees) {
        for (const auto &name : backticked(guarantee.text)) {
            if (is_kind(name)) {
                guarantee.tests.push_back(name);
            }
        }
    }
    return guarantees;
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
