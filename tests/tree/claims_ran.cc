/// Holds the claims against what has run: each test that a page or README.md names ran, and each
/// attack, deny or link test that ran is on a page.
#include <algorithm>
#include <cstdlib>
#include <set>

#include "tests/tree/claim_pages.h"
#include "tests/tree/endings.h"
#include "tests/tree/text.h"

namespace tree {
namespace {

constexpr std::string_view results_path = "RESULTS"; // of the results among the files
constexpr std::string_view skips_path = "tests/README.md";

/// All that is read, and what is found.
struct Audit {
    Results results;
    std::map<std::string, std::size_t> skips;
    bool has_pku;
    Outcome outcome;
    std::set<std::string> named;

    bool was_skipped(const std::string &test) const {
        const auto ran = results.find(test);
        return ran != results.end() && ran->second.ending == Ending::skipped;
    }
};

/// Each named test ran and did not fail.
void check_tests(Audit &audit, std::string_view path, std::size_t line,
                 const std::vector<std::string> &tests) {
    for (const auto &test : tests) {
        const auto ran = audit.results.find(test);
        if (!is_kind(test)) {
            audit.outcome.add(std::string{path}, line,
                              "`" + test +
                                  "` is no test of a known kind; name it kind.subject.behaviour");
        } else if (ran == audit.results.end()) {
            audit.outcome.add(std::string{path}, line,
                              "`" + test + "` did not run; write it, or correct the name");
        } else if (ran->second.ending == Ending::failed) {
            audit.outcome.add(std::string{path}, line, "`" + test + "` failed; keep the claim");
        }
    }
}

void check_claim(Audit &audit, const SourceFile &page, const PageClaim &claim) {
    if (claim.tests.empty() && claim.needs_tests) {
        audit.outcome.add(page.path, claim.line, claim.id + " is a claim without a test; tag one");
    }
    check_tests(audit, page.path, claim.line, claim.tests);
    audit.named.insert(claim.tests.begin(), claim.tests.end());
    const bool nothing_ran =
        std::all_of(claim.tests.begin(), claim.tests.end(),
                    [&audit](const auto &test) { return audit.was_skipped(test); });
    for (const auto &test : claim.tests) {
        if (nothing_ran && !audit.skips.contains(test)) {
            audit.outcome.add(page.path, claim.line,
                              "all tests of " + claim.id +
                                  " were skipped, and ## Skips does not list `" + test +
                                  "`; have one run, or state the reason there");
        }
    }
}

/// `link.SUBJECT.right` is the twin that builds; the cases beside it have the claims.
bool needs_claim(std::string_view test) {
    return test.starts_with("attack.") || test.starts_with("deny.") ||
           (test.starts_with("link.") && !test.ends_with(".right"));
}

void check_results(Audit &audit) {
    const std::string path{results_path};
    for (const auto &[test, ran] : audit.results) {
        if (!is_kind(test)) {
            audit.outcome.add(path, ran.line,
                              test + " is of no known kind; name it kind.subject.behaviour");
        }
        if (needs_claim(test) && !audit.named.contains(test)) {
            audit.outcome.add(path, ran.line,
                              test + " ran and has no claim; say what it shows or tries");
        }
        if (audit.has_pku && ran.ending == Ending::skipped && !audit.skips.contains(test)) {
            audit.outcome.add(path, ran.line,
                              test + " was skipped, and ## Skips of tests/README.md does not list "
                                     "it; have it run, or state the reason there");
        }
    }
    for (const auto &[test, line] : audit.skips) {
        if (!audit.results.contains(test)) {
            audit.outcome.add(std::string{skips_path}, line,
                              "the skip of `" + test + "`, which is no test; delete it");
        }
    }
}

/// README.md names tests in backticks.
void check_readme(Audit &audit, const SourceFile &readme) {
    for (std::size_t line = 1; line <= readme.lines.size(); ++line) {
        auto names = backticked(readme.lines[line - 1]);
        std::erase_if(names, [](const auto &name) {
            return !is_kind(name) || std::count(name.begin(), name.end(), '.') != 2;
        });
        check_tests(audit, readme.path, line, names);
    }
}

Outcome check(const Files &files, bool has_pku) {
    Audit audit{{}, {}, has_pku, {}, {}};
    audit.results = read_results(*find(files, results_path), audit.outcome);
    audit.skips = read_skips(*find(files, skips_path), audit.outcome);
    std::size_t count = 0;
    for (const auto path : {claims_page, attacks_page}) {
        const auto *const page = find(files, path);
        const auto claims = read_page(*page);
        if (claims.empty()) {
            audit.outcome.add(page->path, 1, "no claims; run claims --write");
        }
        for (const auto &claim : claims) {
            check_claim(audit, *page, claim);
        }
        count += claims.size();
    }
    check_results(audit);
    check_readme(audit, *find(files, "README.md"));
    const auto ran = std::count_if(audit.named.begin(), audit.named.end(), [&](const auto &test) {
        return audit.results.contains(test) && !audit.was_skipped(test);
    });
    audit.outcome.closing = std::to_string(count) + " claims, " +
                            std::to_string(audit.named.size()) + " tests named, " +
                            std::to_string(ran) + " ran";
    return audit.outcome;
}

const std::string table = "### attack_1\n\nA theft. Goal: keys. Not applicable: no keys.\n";

Sample sample(const std::string &name, const std::string &page, const std::string &results,
              const std::vector<std::string> &expected, const std::string &skips = "",
              const std::string &readme = "") {
    return {name,
            {{std::string{claims_page}, "### a\n\nIt holds.\n\n" + page},
             {std::string{attacks_page}, table},
             {std::string{skips_path}, "## Skips\n" + skips},
             {"README.md", readme},
             {std::string{results_path}, results}},
            expected};
}

const std::vector<Sample> samples{
    sample("all is well", "- `run.a.b`\n- `tree.atlas`\n",
           "passed run.a.b\npassed tree.atlas\npassed link.a.right\n", {}, "",
           "`wrpkru` and `run.a.b`\n"),
    sample("a listed skip", "- `deny.a.b`\n", "passed run.a.b\nskipped deny.a.b: old kernel\n", {},
           "- `deny.a.b`: needs a newer kernel\n"),
    sample("one of two skipped", "- `deny.a.b`\n- `run.a.b`\n",
           "passed run.a.b\nskipped deny.a.b: x\n", {}),
    sample("no test", "", "passed run.a.b\n", {"tests/CLAIMS.md:1: a is a claim without"}),
    sample("wrong names", "- `run.a.c`\n- `uint.a.b`\n", "passed run.a.b\npassed uint.a.b\n",
           {"tests/CLAIMS.md:1: `run.a.c` did not run", "tests/CLAIMS.md:1: `uint.a.b` is no test",
            "RESULTS:2: uint.a.b is of no"}),
    sample("failed", "- `deny.a.b`\n", "passed run.a.b\nfailed deny.a.b\npassed deny.a.b\n",
           {"tests/CLAIMS.md:1: `deny.a.b` failed"}),
    sample("nothing ran", "- `deny.a.b`\n", "passed run.a.b\nskipped deny.a.b: x\n",
           {"tests/CLAIMS.md:1: all tests of a were skipped"}),
    sample("bad skips", "- `run.a.b`\n", "passed run.a.b\n",
           {"tests/README.md:2: a skip without", "tests/README.md:3: the skip of `deny.a.c`"},
           "- `deny.a.b`\n- `deny.a.c`: x\n"),
    sample("bad results", "- `run.a.b`\n", "passed run.a.b\nran run.a.b\nskipped run.a.c\n",
           {"RESULTS:2: no result", "RESULTS:3: no result"}),
    sample("tests without a claim", "- `run.a.b`\n",
           "passed run.a.b\npassed attack.a.b\npassed deny.a.b\npassed link.a.b\npassed run.a.c\n",
           {"RESULTS:2: attack.a.b ran and has", "RESULTS:3: deny.a.b ran and has",
            "RESULTS:4: link.a.b ran and has"}),
    sample("what README.md names", "- `run.a.b`\n", "passed run.a.b\n",
           {"README.md:1: `run.a.c` did not run"}, "", "See `run.a.c`.\n"),
    {"no claims",
     {{std::string{claims_page}, ""},
      {std::string{attacks_page}, table},
      {std::string{skips_path}, ""},
      {"README.md", ""},
      {std::string{results_path}, ""}},
     {"tests/CLAIMS.md:1: no claims"}},
};

/// These run as on a machine with PKU.
const std::vector<Sample> samples_with_pku{
    sample("an unlisted skip", "- `deny.a.b`\n- `run.a.b`\n",
           "passed run.a.b\nskipped deny.a.b: x\n", {"RESULTS:2: deny.a.b was skipped"}),
};

int claims_ran_main(std::span<char *const> arguments) {
    if (arguments.size() == 2 && std::string_view{arguments[1]} == "--self-test") {
        const auto with = [](bool has_pku) {
            return [has_pku](const Files &files) { return check(files, has_pku); };
        };
        return self_test("claims_ran", with(false), samples) |
               self_test("claims_ran", with(true), samples_with_pku);
    }
    if (arguments.size() != 3) {
        throw Stop{wrong_use, "usage: claims_ran ROOT RESULTS | claims_ran --self-test"};
    }
    const std::string root = arguments[1];
    Files files{read_file(arguments[2], std::string{results_path})};
    for (const auto path : {claims_page, attacks_page, skips_path, std::string_view{"README.md"}}) {
        files.push_back(read_file(root + "/" + std::string{path}, std::string{path}));
    }
    const char *const pku = std::getenv("POSTERN_HAS_PKU");
    Outcome outcome = check(files, pku != nullptr && std::string_view{pku} == "1");
    for (auto &finding : outcome.findings) {
        finding.path = finding.path == results_path ? arguments[2] : finding.path;
    }
    return report(outcome);
}

} // namespace
} // namespace tree

int main(int count, char **arguments) {
    return tree::stopping("claims_ran", [&] {
        return tree::claims_ran_main({arguments, static_cast<std::size_t>(count)});
    });
}
