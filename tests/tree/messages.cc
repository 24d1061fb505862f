/// Holds the lines that the page of troubleshooting explains against the sources that print them.
#include <algorithm>

#include "tests/tree/text.h"
#include "tests/tree/tool.h"

namespace tree {
namespace {

constexpr std::string_view page_path = "apps/guide/troubleshooting.md";
constexpr std::string_view hole = "...";
constexpr std::size_t cell_count = 4; // line, printed by, cause, cure

/// The text of a source with adjacent literals made one: `"a "` and `"b"` in the next line say `a
/// b`.
std::string joined_literals(const SourceFile &file) {
    std::string text;
    for (const auto &line : file.lines) {
        text += line + '\n';
    }
    std::string joined;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '"' && at + 1 < text.size()) {
            const auto next = text.find_first_not_of(" \n", at + 1);
            if (next != text.npos && next != at + 1 && text[next] == '"') {
                at = next;
                continue;
            }
        }
        joined += text[at];
    }
    return joined;
}

/// The pieces of a line between its holes.
std::vector<std::string> pieces_of(std::string_view line) {
    std::vector<std::string> pieces;
    for (;;) {
        const auto at = line.find(hole);
        if (const auto piece = trim(line.substr(0, at)); !piece.empty()) {
            pieces.emplace_back(piece);
        }
        if (at == line.npos) {
            return pieces;
        }
        line.remove_prefix(at + hole.size());
    }
}

void check_row(const Files &files, std::size_t number, const std::vector<std::string> &cells,
               Outcome &outcome) {
    const std::string path{page_path};
    const auto lines = backticked(cells[0]);
    const auto printers = backticked(cells[1]);
    if (lines.size() != 1 || printers.size() != 1 || pieces_of(lines[0]).empty()) {
        outcome.add(path, number,
                    "not one line and one file; write | `LINE` | `FILE` | cause | cure |");
        return;
    }
    const SourceFile *const printer = find(files, printers[0]);
    if (printer == nullptr) {
        outcome.add(path, number, printers[0] + " is no file of the tree; correct the name");
        return;
    }
    const std::string text = joined_literals(*printer);
    for (const auto &piece : pieces_of(lines[0])) {
        if (!contains(text, piece)) {
            outcome.add(path, number,
                        "`" + piece + "` is not in " + printers[0] + "; quote what it prints now");
        }
    }
}

Outcome check(const Files &files) {
    Outcome outcome;
    const SourceFile *const page = find(files, page_path);
    if (page == nullptr) {
        outcome.add(std::string{page_path}, 1, "missing; say what lines mean and what to do");
        return outcome;
    }
    std::size_t lines = 0;
    std::size_t row_of_table = 0;
    for (std::size_t number = 1; number <= page->lines.size(); ++number) {
        const std::string_view text = trim(page->lines[number - 1]);
        row_of_table = text.starts_with("|") ? row_of_table + 1 : 0;
        if (row_of_table <= 2) { // head and rule
            continue;
        }
        auto cells = split(text.substr(1), '|');
        if (cells.size() != cell_count + 1) {
            outcome.add(std::string{page_path}, number, "a row of other cells; write four");
            continue;
        }
        check_row(files, number, cells, outcome);
        ++lines;
    }
    if (lines == 0) {
        outcome.add(std::string{page_path}, 1, "no lines; write a table of them");
    }
    outcome.closing = "messages: " + std::to_string(lines) + " lines";
    return outcome;
}

const std::string head = "| line | printed by | cause | cure |\n|---|---|---|---|\n";

Sample sample(const std::string &name, const std::string &rows,
              const std::vector<std::string> &expected) {
    return {name,
            {{std::string{page_path}, head + rows},
             {"a.cc", "panic(\"no key {} left: \"\n      \"ask for less\", \"\");\n"}},
            expected};
}

const std::vector<Sample> samples{
    sample("all is there", "| `no key ... left: ask for less` | `a.cc` | c | d |\n", {}),
    sample("other words",
           "| `no key ... right` | `a.cc` | c | d |\n| `key {} left: ask` | `b.cc` | c | d |\n",
           {"apps/guide/troubleshooting.md:3: `right` is not in a.cc",
            "apps/guide/troubleshooting.md:4: b.cc is no file"}),
    sample("rows",
           "| no key | `a.cc` | c | d |\n| `...` | `a.cc` | c | d |\n| `no key` | `a.cc` |\n",
           {"apps/guide/troubleshooting.md:3: not one line",
            "apps/guide/troubleshooting.md:4: not one line",
            "apps/guide/troubleshooting.md:5: a row of other"}),
    sample("no rows", "", {"apps/guide/troubleshooting.md:1: no lines"}),
    {"no page", {{"a.cc", ""}}, {"apps/guide/troubleshooting.md:1: missing"}},
};

} // namespace
} // namespace tree

int main(int count, char **arguments) {
    return tree::run("messages", {arguments, static_cast<std::size_t>(count)}, tree::check,
                     tree::samples);
}
