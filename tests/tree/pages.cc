/// Pages of tests/results: what all tests have shown on one machine, and how two such pages differ.
#include <array>
#include <filesystem>
#include <iostream>
#include <set>

#include "tests/tree/ctest_log.h"
#include "tests/tree/text.h"

namespace tree {
namespace {

using Lines = std::vector<std::string>;

/// The parts of a page that are read back.
struct Page {
    std::map<std::string, std::string> facts;
    Verdicts verdicts;
};

constexpr std::string_view facts_path = "RUN/facts"; // `what: value`, one per line
constexpr std::string_view readme_path = "tests/README.md";

constexpr std::string_view facts_head = "| what | value |";

/// In the order of Ending.
constexpr std::array<std::string_view, 3> headings{"## Passed", "## Failed", "## Skipped"};

const SourceFile &needed(const Files &files, std::string_view path) {
    const auto *const file = find(files, path);
    if (file == nullptr || file->lines.empty()) {
        throw Stop{wrong_use, std::string{path} + " is not there, or empty"};
    }
    return *file;
}

void add_facts(Lines &page, const SourceFile &facts) {
    page.insert(page.end(), {std::string{facts_head}, "|---|---|"});
    for (const auto &line : facts.lines) {
        const auto colon = line.find(": ");
        if (colon == line.npos) {
            throw Stop{wrong_use, facts.path + ": '" + line + "' is not `what: value`"};
        }
        page.push_back("| " + line.substr(0, colon) + " | " + line.substr(colon + 2) + " |");
    }
}

void add_counts(Lines &page, const Verdicts &verdicts) {
    std::map<std::string, std::array<std::size_t, 3>> counts;
    for (const auto &[name, verdict] : verdicts) {
        for (const auto &row : {name.substr(0, name.find('.')), std::string{"~ all"}}) {
            ++counts[row][static_cast<std::size_t>(verdict.ending)];
        }
    }
    page.insert(page.end(), {"", "| tests | passed | failed | skipped |", "|---|---|---|---|"});
    for (const auto &[row, count] : counts) {
        page.push_back("| " + (row == "~ all" ? "all" : row) + " | " + std::to_string(count[0]) +
                       " | " + std::to_string(count[1]) + " | " + std::to_string(count[2]) + " |");
    }
}

/// The cases that ended so, with their reasons, if there are any.
void add_cases(Lines &page, const Verdicts &verdicts, Ending ending) {
    bool is_first = true;
    for (const auto &[name, verdict] : verdicts) {
        if (verdict.ending == ending) {
            if (is_first) {
                page.insert(page.end(),
                            {"", std::string{headings[static_cast<std::size_t>(ending)]}, ""});
                is_first = false;
            }
            page.push_back("- `" + name + "`" +
                           (ending == Ending::passed ? "" : ": " + verdict.reason));
        }
    }
}

/// Adds the cases that passed here although they are listed as skips whose reason begins with the
/// emulator. Adds how much of the code the sweeps covered, bytes that only a processor can run
/// included.
void add_shown_here(Lines &page, const Verdicts &verdicts, const SourceFile &readme,
                    const SourceFile &log) {
    page.insert(page.end(), {"", "## What the emulator cannot show", ""});
    Outcome ignored;
    for (const auto &[name, line] : read_skips(readme, ignored)) {
        const auto found = verdicts.find(name);
        if (contains(readme.lines[line - 1], "`: the emulator")) {
            page.push_back("- `" + name + "`: " +
                           (found == verdicts.end()                  ? "not run"
                            : found->second.ending == Ending::passed ? "passed here"
                            : found->second.ending == Ending::failed ? "failed here"
                                                                     : "skipped here, too"));
        }
    }
    for (const auto &line : log.lines) {
        const auto end = line.find(" of slice ");
        const auto colon = line.find(": ");
        if (end != line.npos && colon < end && verdicts.contains(line.substr(0, colon))) {
            page.push_back("- `" + line.substr(0, colon) + "`" +
                           line.substr(colon, line.find(',', end) - colon));
        }
    }
}

Lines written(const Files &files) {
    const auto &facts = needed(files, facts_path);
    const auto &log = needed(files, "RUN/tests.log");
    const auto runs = read_runs({log, needed(files, "RUN/tests.xml")});
    const auto verdicts = verdicts_of(runs.front(), runs, false);
    Lines page{"# " + facts.lines[0].substr(facts.lines[0].find(": ") + 2), "",
               "Written by `toolchain/hardware`, which also says what has changed.", ""};
    add_facts(page, facts);
    add_counts(page, verdicts);
    add_cases(page, verdicts, Ending::failed);
    add_cases(page, verdicts, Ending::skipped);
    add_shown_here(page, verdicts, needed(files, readme_path), log);
    add_cases(page, verdicts, Ending::passed);
    return page;
}

/// "- `NAME`: REASON"
void read_case_of(Page &page, std::string_view line, Ending ending) {
    const auto names = backticked(line);
    if (line.starts_with("- `") && !names.empty()) {
        const auto behind = line.find("`: ");
        page.verdicts[names[0]] = {ending,
                                   behind == line.npos ? "" : std::string{line.substr(behind + 3)}};
    }
}

Page read_page(const SourceFile &file) {
    Page page;
    std::string_view heading;
    for (const auto &line : file.lines) {
        if (line.starts_with("## ") || line.starts_with("| tests |")) {
            heading = line;
        } else if (heading.empty() && line.starts_with("| ") && line != facts_head) {
            const auto cells = split(line, '|');
            page.facts[cells.at(1)] = cells.at(2);
        } else {
            for (std::size_t ending = 0; ending < headings.size(); ++ending) {
                if (heading == headings[ending]) {
                    read_case_of(page, line, static_cast<Ending>(ending));
                }
            }
        }
    }
    if (page.verdicts.empty()) {
        throw Stop{wrong_use, file.path + " is no page of tests/results"};
    }
    return page;
}

std::string ended(const Verdicts &verdicts, const std::string &name) {
    const auto found = verdicts.find(name);
    if (found == verdicts.end()) {
        return "was not there";
    }
    return found->second.ending == Ending::passed   ? "passed"
           : found->second.ending == Ending::failed ? "failed"
                                                    : "was skipped";
}

/// A line for each fact and each case that is not as it was; one line for cases that are new and
/// pass.
Lines changes(const Page &old, const Page &now) {
    Lines lines;
    for (const auto &[what, value] : now.facts) {
        const auto before = old.facts.find(what);
        if (before == old.facts.end() || before->second != value) {
            lines.push_back(what + ": " + value + ", was " +
                            (before == old.facts.end() ? "not told" : before->second));
        }
    }
    std::size_t added = 0;
    for (const auto &[name, verdict] : now.verdicts) {
        const bool is_new = !old.verdicts.contains(name);
        if (is_new && verdict.ending == Ending::passed) {
            ++added;
        } else if (is_new || old.verdicts.at(name).ending != verdict.ending) {
            lines.push_back(name + ": " +
                            (verdict.ending == Ending::passed   ? "passes"
                             : verdict.ending == Ending::failed ? "FAILED: " + verdict.reason
                                                                : "skipped: " + verdict.reason) +
                            "; before, it " + ended(old.verdicts, name));
        }
    }
    for (const auto &[name, verdict] : old.verdicts) {
        if (!now.verdicts.contains(name)) {
            lines.push_back(name + ": gone; before, it " + ended(old.verdicts, name));
        }
    }
    if (added != 0) {
        lines.push_back(std::to_string(added) + " more cases pass");
    }
    return lines.empty() ? Lines{"nothing"} : lines;
}

Lines changes_between(const Files &files) {
    return changes(read_page(needed(files, "OLD")), read_page(needed(files, "NEW")));
}

/// A check that "finds" the lines that would be printed, at OUT:1 and on.
Check printing(Lines (*lines)(const Files &)) {
    return [lines](const Files &files) {
        Outcome outcome{{}, ""};
        for (const auto &line : lines(files)) {
            outcome.add("OUT", outcome.findings.size() + 1, line);
        }
        return outcome;
    };
}

const std::string log_text =
    "1/1 Testing: image\nCommand: \"x\"\n-----\npassed attack.a.swept\npassed attack.a.b\n"
    "attack.a.swept: 90 of 90 offsets (7 need a real processor) of slice 1 of 64, 9 jumps\n"
    "skipped run.a.c: no such thing\nno way\nfailed run.a.d\n<end of output>\n";
const std::string xml_text = "<testcase name=\"image\" status=\"fail\">\n";
const std::string skips_text = "## Skips\n- `attack.a.b`: the emulator lacks it\n"
                               "- `run.a.c`: as above\n- `run.a.e`: the emulator lacks it\n";

const std::vector<Sample> pages{
    {"a page",
     {{"RUN/facts", "processor: Best, a b\nkernel: Linux 1\n"},
      {"RUN/tests.log", log_text},
      {"RUN/tests.xml", xml_text},
      {std::string{readme_path}, skips_text}},
     {"OUT:1: # Best, a b",
      "OUT:2: ",
      "OUT:3: Written by",
      "OUT:4: ",
      "OUT:5: | what | value |",
      "OUT:6: |---|---|",
      "OUT:7: | processor | Best, a b |",
      "OUT:8: | kernel | Linux 1 |",
      "OUT:9: ",
      "OUT:10: | tests | passed | failed | skipped |",
      "OUT:11: |---|",
      "OUT:12: | attack | 2 | 0 | 0 |",
      "OUT:13: | run | 0 | 1 | 1 |",
      "OUT:14: | all | 2 | 1 | 1 |",
      "OUT:15: ",
      "OUT:16: ## Failed",
      "OUT:17: ",
      "OUT:18: - `run.a.d`: no way",
      "OUT:19: ",
      "OUT:20: ## Skipped",
      "OUT:21: ",
      "OUT:22: - `run.a.c`: no such thing",
      "OUT:23: ",
      "OUT:24: ## What the",
      "OUT:25: ",
      "OUT:26: - `attack.a.b`: passed here",
      "OUT:27: - `run.a.e`: not run",
      "OUT:28: - `attack.a.swept`: 90 of 90 offsets (7 need a real processor) of slice 1 of 64",
      "OUT:29: ",
      "OUT:30: ## Passed",
      "OUT:31: ",
      "OUT:32: - `attack.a.b`",
      "OUT:33: - `attack.a.swept`"}},
};

const std::string head = "# Best\n\n| what | value |\n|---|---|\n| kernel | Linux 1 |\n\n"
                         "| tests | passed |\n|---|---|\n| run | 7 |\n\n";
const std::string newer = "# Best\n\n| what | value |\n|---|---|\n| kernel | Linux 2 |\n\n";

const std::vector<Sample> differences{
    {"two pages that say the same",
     {{"OLD", head + "## Passed\n\n- `run.a.b`\n"}, {"NEW", head + "## Passed\n\n- `run.a.b`\n"}},
     {"OUT:1: nothing"}},
    {"an old page without facts",
     {{"OLD", "## Passed\n\n- `run.a.b`\n"}, {"NEW", head + "## Passed\n\n- `run.a.b`\n"}},
     {"OUT:1: kernel: Linux 1, was not told"}},
    {"all that may change",
     {{"OLD", head + "## Failed\n\n- `run.a.e`: why\n## Skipped\n- `run.a.c`: old\n## What the "
                     "emulator cannot show\n- `run.a.z`: not run\n## Passed\n\n- `run.a.b`\n"
                     "- `run.a.d`\n- `run.a.f`\n"},
      {"NEW", newer + "## Failed\n\n- `run.a.b`: it's so\n- `run.a.g`: too\n## Skipped\n"
                      "- `run.a.d`: old: too old\n## Passed\n- `run.a.c`\n- `run.a.e`\n"
                      "- `run.a.h`\n"}},
     {"OUT:1: kernel: Linux 2, was Linux 1", "OUT:2: run.a.b: FAILED: it's so; before, it passed",
      "OUT:3: run.a.c: passes; before, it was skipped",
      "OUT:4: run.a.d: skipped: old: too old; before, it passed",
      "OUT:5: run.a.e: passes; before, it failed",
      "OUT:6: run.a.g: FAILED: too; before, it was not there",
      "OUT:7: run.a.f: gone; before, it passed", "OUT:8: 1 more cases pass"}},
};

int pages_main(std::span<char *const> arguments) {
    const std::string what = arguments.size() > 1 ? arguments[1] : "";
    if (what == "--self-test" && arguments.size() == 2) {
        return self_test("pages", printing(written), pages) |
               self_test("pages", printing(changes_between), differences);
    }
    if ((what != "--write" && what != "--changes") || arguments.size() != 4) {
        throw Stop{wrong_use, "usage: pages --write ROOT FOLDER | pages --changes OLD NEW | pages "
                              "--self-test"};
    }
    Files files;
    if (what == "--write") {
        files.push_back(
            read_file(arguments[2] + std::string{"/tests/README.md"}, std::string{readme_path}));
        for (const std::string part : {"facts", "tests.log", "tests.xml"}) {
            files.push_back(read_file(arguments[3] + ("/" + part), "RUN/" + part));
        }
    } else {
        files = {read_file(arguments[2], "OLD"), read_file(arguments[3], "NEW")};
    }
    for (const auto &line : what == "--write" ? written(files) : changes_between(files)) {
        std::cout << line << '\n';
    }
    return 0;
}

} // namespace
} // namespace tree

int main(int count, char **arguments) {
    return tree::stopping("pages", [&] {
        return tree::pages_main({arguments, static_cast<std::size_t>(count)});
    });
}
