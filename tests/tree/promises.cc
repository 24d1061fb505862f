/// Holds what the READMEs promise against what has run: every promise names tests, every test ran.
#include <algorithm>
#include <cstdlib>
#include <set>

#include "tests/tree/promise_table.h"
#include "tests/tree/text.h"

namespace tree {
namespace {

constexpr std::string_view results_path = "RESULTS"; // of the results among the files

/// All that is read, and what is found.
struct Audit {
    const SourceFile &readme; // tests/README.md
    Results results;
    std::map<std::string, std::size_t> skips;
    bool has_pku;
    Outcome outcome;
    std::set<std::string> named;
};

/// Whether every test of the row was skipped.
bool nothing_ran(const Audit &audit, const Promise &promise) {
    return !promise.tests.empty() &&
           std::all_of(promise.tests.begin(), promise.tests.end(), [&](const auto &test) {
               const auto ran = audit.results.find(test);
               return ran != audit.results.end() && ran->second.ending == Ending::skipped;
           });
}

/// Each named test ran and did not fail.
void check_tests(Audit &audit, const std::string &path, const Promise &promise) {
    for (const auto &test : promise.tests) {
        const auto ran = audit.results.find(test);
        if (!is_kind(test)) {
            audit.outcome.add(path, promise.line,
                              "`" + test +
                                  "` is no test of a known kind; name it kind.subject.behaviour");
        } else if (ran == audit.results.end()) {
            audit.outcome.add(path, promise.line,
                              "`" + test + "` did not run; write it, or correct the name");
        } else if (ran->second.ending == Ending::failed) {
            audit.outcome.add(path, promise.line, "`" + test + "` failed; keep the promise");
        }
    }
}

void check_promise(Audit &audit, const Promise &promise) {
    const auto &path = audit.readme.path;
    if (promise.tests.empty()) {
        audit.outcome.add(path, promise.line, "a promise without a test; name one in backticks");
    }
    check_tests(audit, path, promise);
    audit.named.insert(promise.tests.begin(), promise.tests.end());
    if (!nothing_ran(audit, promise)) {
        return;
    }
    for (const auto &test : promise.tests) {
        if (!audit.skips.contains(test)) {
            audit.outcome.add(
                path, promise.line,
                "all tests of the promise were skipped, and ## Skips does not list `" + test +
                    "`; have one run, or state the reason there");
        }
    }
}

void check_results(Audit &audit) {
    for (const auto &[test, ran] : audit.results) {
        if (!is_kind(test)) {
            audit.outcome.add(std::string{results_path}, ran.line,
                              test + " is of no known kind; name it kind.subject.behaviour");
        }
        if (audit.has_pku && ran.ending == Ending::skipped && !audit.skips.contains(test)) {
            audit.outcome.add(std::string{results_path}, ran.line,
                              test + " was skipped, and ## Skips of tests/README.md does not list "
                                     "it; have it run, or state the reason there");
        }
    }
    for (const auto &[test, line] : audit.skips) {
        if (!audit.results.contains(test)) {
            audit.outcome.add(audit.readme.path, line,
                              "the skip of `" + test + "`, which is no test; delete it");
        }
    }
}

void check_guarantees(Audit &audit, const SourceFile &readme) {
    const auto guarantees = read_guarantees(readme);
    if (!guarantees) {
        audit.outcome.add(readme.path, 1, "no section ## Guarantees; say what the reader gets");
        return;
    }
    for (const auto &guarantee : *guarantees) {
        if (guarantee.tests.empty()) {
            audit.outcome.add(readme.path, guarantee.line,
                              "a guarantee without a test; name one in backticks");
        }
        check_tests(audit, readme.path, guarantee);
    }
}

Outcome check(const Files &files, bool has_pku) {
    const auto *const readme = find(files, "tests/README.md");
    const auto *const root_readme = find(files, "README.md");
    const auto *const results = find(files, results_path);
    Audit audit{*readme, {}, {}, has_pku, {}, {}};
    audit.results = read_results(*results, audit.outcome);
    audit.skips = read_skips(*readme, audit.outcome);
    const auto promises = read_promises(*readme, audit.outcome);
    for (const auto &promise : promises) {
        check_promise(audit, promise);
    }
    check_results(audit);
    check_guarantees(audit, *root_readme);
    const auto ran = std::count_if(audit.named.begin(), audit.named.end(), [&](const auto &test) {
        const auto found = audit.results.find(test);
        return found != audit.results.end() && found->second.ending != Ending::skipped;
    });
    audit.outcome.closing = std::to_string(promises.size()) + " promises, " +
                            std::to_string(audit.named.size()) + " tests named, " +
                            std::to_string(ran) + " ran";
    return audit.outcome;
}

const std::string head = "# Tests\n| promise | source | tests |\n|---|---|---|\n";
const std::string guarantee = "## Guarantees\n- It holds, with `wrpkru`,\n  see `run.a.b`.\n";

Sample sample(const std::string &name, const std::string &rows, const std::string &results,
              const std::vector<std::string> &expected) {
    return {name,
            {{"tests/README.md", head + rows}, {"README.md", guarantee}, {"RESULTS", results}},
            expected};
}

const std::vector<Sample> samples{
    sample("all is well", "| p | s | `run.a.b`, `tree.atlas` |\n",
           "passed run.a.b\npassed tree.atlas\n", {}),
    sample("a listed skip",
           "| p | s | `deny.a.b` |\n\n## Skips\n- `deny.a.b`: needs a newer kernel\n",
           "passed run.a.b\nskipped deny.a.b: old kernel\n", {}),
    sample("one of two skipped", "| p | s | `deny.a.b`, `run.a.b` |\n",
           "passed run.a.b\nskipped deny.a.b: x\n", {}),
    sample("no test", "| p | s | |\n", "passed run.a.b\n",
           {"tests/README.md:4: a promise without"}),
    sample("words", "| p | s | see `run.a.b` |\n| p | s |\n", "passed run.a.b\n",
           {"tests/README.md:4: more than names", "tests/README.md:5: a row of 2 cells",
            "tests/README.md:5: a promise without"}),
    sample("two tables", "| p | s | `run.a.b` |\n\n| a | b |\n|---|---|\n| c | d |\n",
           "passed run.a.b\n", {"tests/README.md:6: a table that is not"}),
    sample("no table", "", "passed run.a.b\n", {"tests/README.md:1: no promises"}),
    sample("wrong names", "| p | s | `run.a.c` |\n| p | s | `uint.a.b` |\n",
           "passed run.a.b\npassed uint.a.b\n",
           {"tests/README.md:4: `run.a.c` did not run", "tests/README.md:5: `uint.a.b` is no test",
            "RESULTS:2: uint.a.b is of no"}),
    sample("failed", "| p | s | `deny.a.b` |\n",
           "passed run.a.b\nfailed deny.a.b\npassed deny.a.b\n",
           {"tests/README.md:4: `deny.a.b` failed"}),
    sample("nothing ran", "| p | s | `deny.a.b` |\n", "passed run.a.b\nskipped deny.a.b: x\n",
           {"tests/README.md:4: all tests of the promise were skipped"}),
    sample("bad skips", "| p | s | `run.a.b` |\n## Skips\n- `deny.a.b`\n- `deny.a.c`: x\n",
           "passed run.a.b\n",
           {"tests/README.md:6: a skip without", "tests/README.md:7: the skip of `deny.a.c`"}),
    sample("bad results", "| p | s | `run.a.b` |\n",
           "passed run.a.b\nran run.a.b\nskipped run.a.c\n",
           {"RESULTS:2: no result", "RESULTS:3: no result"}),
    {"guarantees",
     {{"tests/README.md", head + "| p | s | `run.a.b` |\n"},
      {"README.md", "## Guarantees\n- One.\n- Two: `run.a.c`.\n## Next\n- Three.\n"},
      {"RESULTS", "passed run.a.b\n"}},
     {"README.md:2: a guarantee without", "README.md:3: `run.a.c` did not run"}},
    {"no guarantees",
     {{"tests/README.md", head + "| p | s | `run.a.b` |\n"},
      {"README.md", ""},
      {"RESULTS", "passed run.a.b\n"}},
     {"README.md:1: no section"}},
};

/// These run as on a machine with PKU.
const std::vector<Sample> samples_with_pku{
    sample("an unlisted skip", "| p | s | `deny.a.b`, `run.a.b` |\n",
           "passed run.a.b\nskipped deny.a.b: x\n", {"RESULTS:2: deny.a.b was skipped"}),
};

int promises_main(std::span<char *const> arguments) {
    if (arguments.size() == 2 && std::string_view{arguments[1]} == "--self-test") {
        const auto with = [](bool has_pku) {
            return [has_pku](const Files &files) { return check(files, has_pku); };
        };
        return self_test("promises", with(false), samples) |
               self_test("promises", with(true), samples_with_pku);
    }
    if (arguments.size() != 3) {
        throw Stop{wrong_use, "usage: promises ROOT RESULTS | promises --self-test"};
    }
    const std::string root = arguments[1];
    const char *const pku = std::getenv("POSTERN_HAS_PKU");
    Outcome outcome = check({read_file(root + "/tests/README.md", "tests/README.md"),
                             read_file(root + "/README.md", "README.md"),
                             read_file(arguments[2], std::string{results_path})},
                            pku != nullptr && std::string_view{pku} == "1");
    for (auto &finding : outcome.findings) {
        finding.path = finding.path == results_path ? arguments[2] : finding.path;
    }
    return report(outcome);
}

} // namespace
} // namespace tree

int main(int count, char **arguments) {
    return tree::stopping("promises", [&] {
        return tree::promises_main({arguments, static_cast<std::size_t>(count)});
    });
}
