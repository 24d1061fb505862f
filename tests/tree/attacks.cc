/// Holds the attack table against the tests and the promises: its counts are right, every test that
/// it names exists, and is promised or a skip that is known, and every attack test has a row.
#include <algorithm>
#include <map>
#include <set>

#include "tests/tree/promise_table.h"
#include "tests/tree/table.h"
#include "tests/tree/text.h"

namespace tree {
namespace {

constexpr std::string_view table_path = "tests/attack/TABLE.md";
const std::vector<std::string> head_cells{"#", "attack", "from", "goal", "tests", "result"};

/// What becomes of an attack, and how many there are of each.
struct Counts {
    std::size_t covered = 0;
    std::size_t not_applicable = 0;
    std::size_t open = 0;

    /// The line that the table begins with.
    std::string line() const {
        return std::to_string(covered + not_applicable + open) +
               " attacks: " + std::to_string(covered) + " covered, " +
               std::to_string(not_applicable) + " not applicable, " + std::to_string(open) +
               " open.";
    }
};

/// Where a test is registered.
struct Place {
    std::string path;
    std::size_t line;
};
using Registered = std::map<std::string, Place>;

struct Audit {
    const SourceFile &table;
    std::set<std::string> promised;
    Registered registered;
    Outcome outcome;
    Counts counts;
    std::set<std::string> named;

    void add(std::size_t line, const std::string &what) { outcome.add(table.path, line, what); }
};

/// Names are tests that are promised; words in backticks that are no names say something else.
void check_names(Audit &audit, std::size_t line, std::string_view cell) {
    for (const auto &name : backticked(cell)) {
        if (!is_kind(name)) {
            continue;
        }
        audit.named.insert(name);
        if (!audit.promised.contains(name)) {
            audit.add(line, "`" + name + "` is in no row of tests/README.md; correct the name");
        }
    }
}

void check_row(Audit &audit, std::size_t line, const std::vector<std::string> &cells) {
    const std::size_t number =
        audit.counts.covered + audit.counts.not_applicable + audit.counts.open + 1;
    const std::string_view tests = cells[4];
    if (tests.starts_with("n.a.: ")) {
        ++audit.counts.not_applicable;
    } else if (tests.starts_with("open: ")) {
        ++audit.counts.open;
    } else {
        ++audit.counts.covered;
        if (!is_list(tests) || backticked(tests).empty()) {
            audit.add(line, "neither tests nor a reason; write `a.b.c`, `a.b.d`, or n.a.: WHY, or "
                            "open: WHAT IS MISSING");
        }
    }
    if (cells[0] != std::to_string(number)) {
        audit.add(line, "row " + cells[0] + " is number " + std::to_string(number) + "; count on");
    }
    if (std::any_of(cells.begin(), cells.end(), [](const auto &cell) { return cell.empty(); })) {
        audit.add(line, "an empty cell; say it");
    }
    check_names(audit, line, tests);
}

/// The rows of the only table.
void check_table(Audit &audit) {
    std::size_t row = 0;
    for (std::size_t line = 1; line <= audit.table.lines.size(); ++line) {
        const std::string_view text = audit.table.lines[line - 1];
        if (!trim(text).starts_with("|")) {
            continue;
        }
        const auto cells = cells_of(text);
        if (++row == 1 ? cells != head_cells : cells.size() != head_cells.size()) {
            audit.add(line, "no row | # | attack | from | goal | tests | result |; write one");
        } else if (row > 2) {
            check_row(audit, line, cells);
        }
    }
}

void check_count(Audit &audit) {
    const auto &lines = audit.table.lines;
    const std::string wanted = audit.counts.line();
    const auto stated = std::find_if(lines.begin(), lines.end(),
                                     [](const auto &line) { return contains(line, " attacks: "); });
    if (stated == lines.end() || *stated != wanted) {
        audit.add(stated == lines.end() ? 1 : std::size_t(stated - lines.begin()) + 1,
                  "the count is not that of the rows; write " + wanted);
    }
}

/// Whether the name in [begin, end) of a line is a test's registration: a whole string of C++, a
/// case of a shell script, or a word of CMake's.
bool is_registration(const SourceFile &file, std::string_view line, std::size_t begin,
                     std::size_t end) {
    if (file.path.ends_with("CMakeLists.txt")) {
        return !contains(line.substr(0, begin), "#");
    }
    if (file.extension().empty()) {
        return line.substr(0, begin).ends_with("case_of ");
    }
    return begin != 0 && line[begin - 1] == '"' && end < line.size() && line[end] == '"';
}

/// All attack tests that the sources under tests/ register; this folder's samples are none.
Registered read_registered(const Files &files) {
    constexpr std::string_view kind = "attack.";
    Registered all;
    for (const auto &file : files) {
        if (!file.under("tests/") || file.under("tests/tree/") || file.extension() == ".md" ||
            file.extension() == ".mut") {
            continue;
        }
        for (std::size_t number = 1; number <= file.lines.size(); ++number) {
            const std::string_view line = file.lines[number - 1];
            for (auto begin = line.find(kind); begin != line.npos;
                 begin = line.find(kind, begin + 1)) {
                auto end = begin;
                while (end < line.size() && (is_word_character(line[end]) || line[end] == '.')) {
                    ++end;
                }
                const std::string name{line.substr(begin, end - begin)};
                if (std::count(name.begin(), name.end(), '.') == 2 &&
                    is_registration(file, line, begin, end)) {
                    all.try_emplace(name, Place{file.path, number});
                }
            }
        }
    }
    return all;
}

/// Table and tests name the same attacks.
void check_registered(Audit &audit) {
    for (const auto &[test, place] : audit.registered) {
        if (!audit.named.contains(test)) {
            audit.outcome.add(place.path, place.line,
                              "no row of " + audit.table.path + " names `" + test +
                                  "`; add it to the attack that it tries");
        }
    }
    for (const auto &test : audit.named) {
        if (test.starts_with("attack.") && !audit.registered.contains(test)) {
            audit.add(1, "`" + test + "` is no test's name under tests/; correct or delete it");
        }
    }
}

Outcome check(const Files &files) {
    const auto *const table = find(files, table_path);
    const auto *const readme = find(files, "tests/README.md");
    if (table == nullptr || readme == nullptr) {
        Outcome missing;
        missing.add(std::string{table == nullptr ? table_path : "tests/README.md"}, 1,
                    "is not there; the attack table is held against the promises");
        return missing;
    }
    Audit audit{*table, {}, read_registered(files), {}, {}, {}};
    Outcome others; // tree.promises tells them
    for (const auto &promise : read_promises(*readme, others)) {
        audit.promised.insert(promise.tests.begin(), promise.tests.end());
    }
    for (const auto &[test, line] : read_skips(*readme, others)) {
        audit.promised.insert(test);
    }
    check_table(audit);
    check_count(audit);
    check_registered(audit);
    audit.outcome.closing = audit.counts.line();
    return audit.outcome;
}

const std::string promises =
    "| promise | source | tests |\n|---|---|---|\n| p | s | `attack.a.b` |\n"
    "## Skips\n- `run.a.b`: needs more\n";
const std::string head =
    "| # | attack | from | goal | tests | result |\n|---|---|---|---|---|---|\n";

const std::string one_test = "POSTERN_TEST(\"attack.a.b\") {}\n";

Sample sample(const std::string &name, const std::string &table,
              const std::vector<std::string> &expected, const std::string &tests = one_test,
              const std::string &tests_path = "tests/attack/a.cc") {
    return {name,
            {{"tests/README.md", promises}, {std::string{table_path}, table}, {tests_path, tests}},
            expected};
}

const std::string covered = "| 1 | a | f | g | `attack.a.b`, `run.a.b` | r |\n";
const std::string one_covered =
    "1 attacks: 1 covered, 0 not applicable, 0 open.\n" + head + covered;
const std::string path = std::string{table_path} + ":";

const std::vector<Sample> samples{
    sample("all is well",
           "3 attacks: 1 covered, 1 not applicable, 1 open.\n" + head + covered +
               "| 2 | a | f | g | n.a.: no `threads` yet | - |\n"
               "| 3 | a | f | g | open: all of it but `run.a.b` | - |\n",
           {}),
    sample("counts", "1 attacks: 1 covered, 1 not applicable, 0 open.\n" + head + covered,
           {path + "1: the count"}),
    sample("no count", head + covered, {path + "1: the count"}),
    sample("names",
           "1 attacks: 1 covered, 0 not applicable, 0 open.\n" + head +
               "| 1 | a | f | g | `attack.a.b`, `attack.a.c` | r |\n",
           {path + "4: `attack.a.c` is in no row", path + "1: `attack.a.c` is no test's name"}),
    sample("a test without a row",
           "1 attacks: 1 covered, 0 not applicable, 0 open.\n" + head +
               "| 1 | a | f | g | `run.a.b` | r |\n",
           {"tests/attack/a.cc:1: no row of tests/attack/TABLE.md names `attack.a.b`"}),
    sample("a test that nobody promises, and mentions of it", one_covered,
           {"tests/attack/a.cc:2: no row of tests/attack/TABLE.md names `attack.a.c`"},
           one_test + "POSTERN_TEST(\"attack.a.c\") {} // see attack.a.d\n\"(attack.a.e)\"\n"),
    sample("a row without a test", one_covered, {path + "1: `attack.a.b` is no test's name"},
           "// POSTERN_TEST of attack.a.b\n"),
    sample("a case of a shell script", one_covered, {}, "    case_of attack.a.b shows x\n",
           "tests/apps/a"),
    sample("a word of CMake's", one_covered, {}, "add_attack(attack.a.b)\n",
           "tests/attack/CMakeLists.txt"),
    sample("a comment of CMake's", one_covered, {path + "1: `attack.a.b` is no test's name"},
           "# attack.a.b\n", "tests/attack/CMakeLists.txt"),
    sample("rows",
           "3 attacks: 3 covered, 0 not applicable, 0 open.\n" + head + covered +
               "| 3 | a | f | g | `run.a.b` | r |\n| 3 | a | | g | see `run.a.b` | r |\n| 4 |\n",
           {path + "5: row 3 is number 2", path + "6: neither tests", path + "6: an empty cell",
            path + "7: no row"}),
    {"no table", {{"tests/README.md", promises}}, {path + "1: is not there"}},
};

} // namespace
} // namespace tree

int main(int count, char **arguments) {
    return tree::run("attacks", {arguments, static_cast<std::size_t>(count)}, tree::check,
                     tree::samples);
}
