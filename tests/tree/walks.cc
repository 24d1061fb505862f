/// Holds the walks through the sources (rt/WALKS.md) against the sources: each function that a walk
/// names is defined or declared in the file that the walk names.
#include <algorithm>
#include <array>

#include "tests/tree/text.h"
#include "tests/tree/tool.h"

namespace tree {
namespace {

constexpr std::string_view walks_path = "rt/WALKS.md";
const std::vector<std::string> head_cells{"", "function", "file", "what happens"};

/// The cells of a row of a table; no cell of a walk holds a bar.
std::vector<std::string> cells_of(std::string_view row) {
    auto cells = split(row.substr(1), '|');
    if (!cells.empty() && cells.back().empty()) {
        cells.pop_back();
    }
    return cells;
}

/// Whether the row is the one between head and body.
bool is_rule(std::string_view row) {
    return row.find_first_not_of("|- ") == row.npos;
}

/// The name without the namespaces or classes in front of it.
std::string_view last_part(std::string_view name) {
    const auto at = name.rfind("::");
    return at == name.npos ? name : name.substr(at + 2);
}

/// A line of C++ without its attributes, which may hold parentheses.
std::string without_attributes(std::string line) {
    for (auto begin = line.find("[["); begin != line.npos; begin = line.find("[[")) {
        const auto end = line.find("]]", begin);
        line.erase(begin, end == line.npos ? end : end + 2 - begin);
    }
    return line;
}

/// Whether the text in front of a name and its parenthesis is a type: then the line declares the
/// name and does not call it.
bool is_type(std::string_view before) {
    constexpr std::array<std::string_view, 4> of_statements{"return", "else", "throw", "case"};
    constexpr std::string_view of_expressions = "=(,.?!;";
    const std::string_view text = trim(before);
    return !text.empty() &&
           (is_word_character(text.back()) || contains("*&>:", text.substr(text.size() - 1))) &&
           text.find_first_of(of_expressions) == text.npos && !text.starts_with("//") &&
           std::none_of(of_statements.begin(), of_statements.end(),
                        [text](std::string_view word) { return text.starts_with(word); });
}

/// Whether a line of C++ declares the function, or defines it as a macro.
bool declares(const std::string &source_line, std::string_view name) {
    const std::string line = without_attributes(source_line);
    const std::string called = std::string{name} + "(";
    if (line.starts_with("#define " + called)) {
        return true;
    }
    const auto at = line.find(called);
    if (at == line.npos || at == 0 || is_word_character(line[at - 1])) {
        return false;
    }
    // A class in front of the name belongs to it: `Result Proxy::run(`, and not `proxy::run(`.
    std::string_view before{line.data(), at};
    while (before.ends_with("::")) {
        before.remove_suffix(2);
        while (!before.empty() && is_word_character(before.back())) {
            before.remove_suffix(1);
        }
    }
    return is_type(before);
}

/// Whether the line begins with one of these words and the name.
bool begins(std::string_view line, std::initializer_list<std::string_view> words,
            std::string_view name) {
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
        const std::string begin = std::string{word} + std::string{name};
        return line.starts_with(begin) &&
               (line.size() == begin.size() || !is_word_character(line[begin.size()]));
    });
}

bool is_defined(const SourceFile &file, std::string_view name) {
    const auto extension = file.extension();
    const std::string_view last = last_part(name);
    return std::any_of(file.lines.begin(), file.lines.end(), [&](const std::string &line) {
        const std::string_view text = trim(line);
        if (extension == ".S") {
            return begins(text, {".function ", ".macro "}, name) || text == std::string{name} + ":";
        }
        if (extension == ".cmake") {
            return begins(text, {"function(", "macro("}, name);
        }
        if (extension == ".cc" || extension == ".h") {
            return declares(line, last);
        }
        return text == std::string{name} + "() {";
    });
}

void check_row(const Files &files, std::size_t line, const std::vector<std::string> &cells,
               Outcome &outcome) {
    const std::string path{walks_path};
    const auto functions = backticked(cells[1]);
    const auto named = backticked(cells[2]);
    if (functions.empty() || named.size() != 1) {
        outcome.add(path, line,
                    "no function, or not one file; write | 1 | `function` | `file` | ... |");
        return;
    }
    const SourceFile *const file = find(files, named[0]);
    if (file == nullptr) {
        outcome.add(path, line, named[0] + " is no file of the tree; correct the name");
        return;
    }
    for (const auto &function : functions) {
        if (!is_defined(*file, function)) {
            outcome.add(path, line,
                        "`" + function + "` is not defined in " + named[0] +
                            "; follow the walk anew, and correct it");
        }
    }
}

Outcome check(const Files &files) {
    Outcome outcome;
    const SourceFile *const walks = find(files, walks_path);
    if (walks == nullptr) {
        outcome.add(std::string{walks_path}, 1, "missing; say how a call goes through the sources");
        return outcome;
    }
    std::size_t steps = 0;
    bool inside = false;
    for (std::size_t line = 1; line <= walks->lines.size(); ++line) {
        const std::string_view text = trim(walks->lines[line - 1]);
        if (!text.starts_with("|")) {
            inside = false;
            continue;
        }
        const auto cells = cells_of(text);
        if (!inside && cells != head_cells) {
            outcome.add(
                std::string{walks_path}, line,
                "a table that is no walk; begin it with | | function | file | what happens |");
        } else if (inside && !is_rule(text)) {
            if (cells.size() != head_cells.size()) {
                outcome.add(std::string{walks_path}, line, "a row of other cells; write four");
            } else {
                check_row(files, line, cells, outcome);
                ++steps;
            }
        }
        inside = true;
    }
    if (steps == 0) {
        outcome.add(std::string{walks_path}, 1, "no steps; write the walks as tables");
    }
    outcome.closing = "walks: " + std::to_string(steps) + " steps";
    return outcome;
}

const std::string head = "| | function | file | what happens |\n|---|---|---|---|\n";

Sample sample(const std::string &name, const std::string &rows,
              const std::vector<std::string> &expected) {
    return {
        name,
        {{std::string{walks_path}, head + rows},
         {"a.S", "  .function enter\n  call leave\n.Lback:\n  .macro half way\n"},
         {"a.cc", "void run(int a);\nint64_t Proxy::give(int a) {\n    const auto b = call(a);\n"
                  "    return leave(a);\n    done(b);\n    sys::close(a);\n"
                  "[[noreturn]] inline void stop() {}\n#define WORD(a)\n"},
         {"a.cmake", "function(add_app name)\n  add_part(name)\n"},
         {"tool", "build() {\n    pack\n}\n"}},
        expected};
}

const std::vector<Sample> samples{
    sample("all is there",
           "| 1 | `enter`, `.Lback`, `half` | `a.S` | x |\n"
           "| 2 | `rt::run`, `give`, `stop`, `WORD` | `a.cc` | x |\n"
           "| 3 | `add_app` | `a.cmake` | x |\n| 4 | `build` | `tool` | x |\n",
           {}),
    sample("calls are no definitions",
           "| 1 | `leave` | `a.S` | x |\n"
           "| 2 | `call`, `leave`, `done`, `close`, `un` | `a.cc` | x |\n"
           "| 3 | `add_part` | `a.cmake` | x |\n| 4 | `pack` | `tool` | x |\n",
           {"rt/WALKS.md:3: `leave` is not defined", "rt/WALKS.md:4: `call` is not defined",
            "rt/WALKS.md:4: `leave` is not defined", "rt/WALKS.md:4: `done` is not defined",
            "rt/WALKS.md:4: `close` is not defined", "rt/WALKS.md:4: `un` is not defined",
            "rt/WALKS.md:5: `add_part` is not defined", "rt/WALKS.md:6: `pack` is not defined"}),
    sample("rows", "| 1 | run | `a.cc` | x |\n| 2 | `run` | `a.cc` |\n| 3 | `run` | `b.cc` | x |\n",
           {"rt/WALKS.md:3: no function", "rt/WALKS.md:4: a row of other",
            "rt/WALKS.md:5: b.cc is no file"}),
    sample("no rows", "", {"rt/WALKS.md:1: no steps"}),
    {"another table",
     {{std::string{walks_path}, "| a | b |\n|---|---|\n"}},
     {"rt/WALKS.md:1: a table that is no walk", "rt/WALKS.md:1: no steps"}},
    {"no walks", {{"a.cc", ""}}, {"rt/WALKS.md:1: missing"}},
};

} // namespace
} // namespace tree

int main(int count, char **arguments) {
    return tree::run("walks", {arguments, static_cast<std::size_t>(count)}, tree::check,
                     tree::samples);
}
