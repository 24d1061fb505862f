/// Holds claims and tests together: each claim has tests, each attack, deny or link test has a
/// claim, and the pages that are written from both are up to date.
#include <algorithm>
#include <fstream>
#include <set>

#include "tests/tree/claim_list.h"
#include "tests/tree/claim_pages.h"
#include "tests/tree/claim_tags.h"
#include "tests/tree/endings.h"
#include "tests/tree/text.h"

namespace tree {
namespace {

/// All that was read.
struct Reading {
    std::vector<Claim> claims;
    Tags tags;
    TestsOf tests;
    Outcome outcome;
    Files pages; // as they have to be
};

bool needs_claim(std::string_view test) {
    return test.starts_with("attack.") || test.starts_with("deny.") || test.starts_with("link.");
}

const Claim *find_claim(const std::vector<Claim> &claims, std::string_view id) {
    const auto found = std::find_if(claims.begin(), claims.end(),
                                    [id](const auto &claim) { return claim.id == id; });
    return found == claims.end() ? nullptr : &*found;
}

/// Tags name claims, each by its verb.
void take_tags(Reading &reading) {
    for (const auto &tag : reading.tags.tags) {
        const auto *const claim = find_claim(reading.claims, tag.claim);
        if (claim == nullptr) {
            reading.outcome.add(tag.path, tag.line,
                                tag.claim + " is no claim; correct it, or add it to " +
                                    std::string{claims_path});
        } else if (claim->is_attack() != tag.tries) {
            reading.outcome.add(
                tag.path, tag.line,
                "a test tries an attack and shows any other claim; swap the verb of " + tag.claim);
        } else {
            reading.tests[tag.claim].insert(tag.test);
        }
    }
}

/// Each claim has a test, or says why it has none.
void check_claims(Reading &reading) {
    for (const auto &claim : reading.claims) {
        const bool has_tests = reading.tests.contains(claim.id);
        if (!has_tests && !claim.is_not_applicable() && !claim.is_open()) {
            reading.outcome.add(std::string{claims_path}, claim.line,
                                "no test has the claim " + claim.id +
                                    "; tag one, or delete the claim");
        }
        if (has_tests && claim.is_not_applicable()) {
            reading.outcome.add(std::string{claims_path}, claim.line,
                                claim.id + " is not applicable and has tests; say what stops it");
        }
    }
}

/// The tests that must have a claim have one, and those that have one are there.
void check_tests(Reading &reading) {
    std::set<std::string> tagged;
    for (const auto &tag : reading.tags.tags) {
        if (needs_claim(tag.test) && !reading.tags.tests.contains(tag.test) &&
            !tagged.contains(tag.test)) {
            reading.outcome.add(tag.path, tag.line,
                                "`" + tag.test + "` is no test's name; correct or delete it");
        }
        tagged.insert(tag.test);
    }
    for (const auto &[test, place] : reading.tags.tests) {
        if (needs_claim(test) && !tagged.contains(test)) {
            reading.outcome.add(place.path, place.line,
                                "`" + test + "` has no claim; say what it shows or tries");
        }
    }
}

/// The tests in backticks of a line of README.md.
std::vector<std::string> tests_named(std::string_view text) {
    auto names = backticked(text);
    std::erase_if(names, [](const auto &name) {
        return !is_kind(name) || std::count(name.begin(), name.end(), '.') != 2;
    });
    return names;
}

/// The claims to which a line of README.md links.
std::vector<std::string> claims_linked(std::string_view text) {
    constexpr std::string_view link = "CLAIMS.md#";
    std::vector<std::string> ids;
    for (auto at = text.find(link); at != text.npos; at = text.find(link)) {
        text.remove_prefix(at + link.size());
        ids.emplace_back(text.substr(0, text.find(')')));
    }
    return ids;
}

/// Checks the names in README.md: tests in backticks, and claims by links to their page.
void check_names(Reading &reading, const SourceFile &readme) {
    std::set<std::string> tagged;
    for (const auto &tag : reading.tags.tags) {
        tagged.insert(tag.test);
    }
    for (std::size_t line = 1; line <= readme.lines.size(); ++line) {
        for (const auto &name : tests_named(readme.lines[line - 1])) {
            if (!tagged.contains(name) && !reading.tags.tests.contains(name)) {
                reading.outcome.add(readme.path, line, "`" + name + "` is no test; correct it");
            }
        }
        for (const auto &id : claims_linked(readme.lines[line - 1])) {
            if (find_claim(reading.claims, id) == nullptr) {
                reading.outcome.add(readme.path, line, id + " is no claim; correct it");
            }
        }
    }
}

Reading read_all(const Files &files) {
    Reading reading;
    const auto *const claims = find(files, claims_path);
    if (claims == nullptr) {
        reading.outcome.add(std::string{claims_path}, 1, "is not there; the claims are its lines");
        return reading;
    }
    reading.claims = read_claims(*claims, reading.outcome);
    reading.tags = read_tags(files);
    take_tags(reading);
    check_claims(reading);
    check_tests(reading);
    reading.pages = written_pages(reading.claims, reading.tests);
    if (const auto *const readme = find(files, list_page)) {
        check_names(reading, *readme);
        reading.pages.push_back(with_list(*readme, reading.claims, reading.outcome));
    }
    reading.outcome.closing = std::to_string(reading.claims.size()) + " claims, among them " +
                              count_of_attacks(reading.claims);
    return reading;
}

/// The first line in which a page is not what it has to be.
void check_page(Outcome &outcome, const Files &files, const SourceFile &wanted) {
    const auto *const seen = find(files, wanted.path);
    const auto lines = seen == nullptr ? std::vector<std::string>{} : seen->lines;
    const auto differs =
        std::mismatch(lines.begin(), lines.end(), wanted.lines.begin(), wanted.lines.end());
    if (differs.first != lines.end() || differs.second != wanted.lines.end()) {
        outcome.add(wanted.path, std::size_t(differs.first - lines.begin()) + 1,
                    "is not what claims and tags say; run claims --write");
    }
}

Outcome check(const Files &files) {
    auto reading = read_all(files);
    if (reading.outcome.findings.empty()) {
        for (const auto &page : reading.pages) {
            check_page(reading.outcome, files, page);
        }
    }
    return reading.outcome;
}

/// Writes the pages, unless something else is wrong.
Outcome write(const std::string &root) {
    const auto reading = read_all(read_repository(root));
    if (!reading.outcome.findings.empty()) {
        return reading.outcome;
    }
    for (const auto &page : reading.pages) {
        std::ofstream stream{root + "/" + page.path, std::ios::binary};
        for (const auto &line : page.lines) {
            stream << line << '\n';
        }
        if (!stream.flush()) {
            throw Stop{wrong_use, "cannot write " + root + "/" + page.path};
        }
    }
    return reading.outcome;
}

const std::string holds = "it_holds\tguarantee\t-\tit holds\n";
const std::string stolen = "attack_1\tattack\tours\ta theft\tkeys\tlocks\n";
const std::string absent = "attack_2\tattack\tours\ta flood\twater\tn.a.: no river\n";
const std::string test =
    "POSTERN_TEST(\"attack.a.b\", SHOWS(it_holds),\n             TRIES(attack_1)) {\n}\n";
const std::string tagged = "    // run.a.b shows it_holds, in_lines\n";
const std::string listed =
    "it_holds\tguarantee\t-\tit holds. It does\tStrength\n"
    "in_lines\tguarantee\t-\ta long sentence is written in several lines of the page\tStrength\n";
const std::string markers =
    "<!-- guarantees, from tests/claims.tsv -->\n<!-- end of guarantees -->\n";
const std::string list = "<!-- guarantees, from tests/claims.tsv -->\n"
                         "- **Strength.** It holds. It does ([tests](tests/CLAIMS.md#it_holds)). "
                         "A long sentence is written in several lines of\n"
                         "  the page ([tests](tests/CLAIMS.md#in_lines)).\n"
                         "<!-- end of guarantees -->\n";
const std::string at_page = std::string{claims_page} + ":1: is not what";
const std::string at_table = std::string{attacks_page} + ":1: is not what";

Sample sample(const std::string &name, const std::string &claims,
              std::vector<std::pair<std::string, std::string>> sources,
              const std::vector<std::string> &expected) {
    sources.emplace_back(std::string{claims_path}, claims);
    return {name, sources, expected};
}

/// The pages are not there in any of them: where nothing else is wrong, they are the findings.
const std::vector<Sample> samples{
    sample("all is well", holds + stolen + absent, {{"tests/a.cc", test}}, {at_page, at_table}),
    {"no claims", {{"tests/a.cc", test}}, {"tests/claims.tsv:1: is not there"}},
    sample("wrong lines",
           "it_holds\tguarantee\tit holds\nIt\thouse\t-\ta\n" + holds + holds + "a\tb\n",
           {{"tests/a.cc", "// run.a.b shows it_holds\n"}},
           {"tests/claims.tsv:1: no claim", "tests/claims.tsv:2: no claim",
            "tests/claims.tsv:4: it_holds is taken", "tests/claims.tsv:5: no claim"}),
    sample("numbers of attacks", absent, {}, {"tests/claims.tsv:1: attack_2 is number 1"}),
    sample("a claim without a test", holds, {},
           {"tests/claims.tsv:1: no test has the claim it_holds"}),
    sample("not applicable, with a test", stolen + absent,
           {{"tests/a", "# run.a.b tries attack_1, attack_2\n"}},
           {"tests/claims.tsv:2: attack_2 is not applicable"}),
    sample(
        "other words", holds + stolen,
        {{"tests/a.cc", test},
         {"tests/b", "# run.a.b shows it_hold\n# run.a.c shows attack_1 tries it_holds\n"}},
        {"tests/b:1: it_hold is no claim", "tests/b:2: a test tries", "tests/b:2: a test tries"}),
    sample(
        "tests without a claim", holds + stolen,
        {{"tests/CMakeLists.txt", "add_attack(attack.a.e)\n# attack.a.f\n"},
         {"tests/a.cc", test + "POSTERN_TEST(\"attack.a.c\") {}\nPOSTERN_TEST(\"run.a.c\") {}\n"},
         {"tests/b", "case_of deny.a.d shows x\nsee link.a.g\n"}},
        {"tests/a.cc:4: `attack.a.c` has no claim", "tests/CMakeLists.txt:1: `attack.a.e` has no",
         "tests/b:1: `deny.a.d` has no claim"}),
    sample("a tag without a test", holds, {{"tests/b", "# deny.a.d shows it_holds\n"}},
           {"tests/b:1: `deny.a.d` is no test's name"}),
    sample(
        "wrong code", holds + stolen,
        {{"tests/image/wrong/types.cc", "// wrong one: no\n// shows it_holds\n// tries attack_1\n"
                                        "int a;\n// wrong two: no\nint b;\n"}},
        {"tests/image/wrong/types.cc:5: `link.types.two` has no claim"}),
    sample("what README.md names", holds,
           {{"README.md", "`run.a.b`, `run.a.c` and [a](tests/CLAIMS.md#it_holds)\n"
                          "[b](tests/CLAIMS.md#it_hold) `a.b.c`\n" +
                              markers},
            {"tests/a.cc", "    // run.a.b shows it_holds\n"}},
           {"README.md:1: `run.a.c` is no test", "README.md:2: it_hold is no claim"}),
    sample("the list of README.md", listed, {{"README.md", list}, {"tests/a.cc", tagged}},
           {at_page, at_table}),
    sample("another list of README.md", listed, {{"README.md", markers}, {"tests/a.cc", tagged}},
           {at_page, at_table, "README.md:2: is not what"}),
    sample("no list in README.md", listed, {{"README.md", "# A\n"}, {"tests/a.cc", tagged}},
           {"README.md:1: no lines"}),
    sample("a group of an attack", "attack_1\tattack\tours\ta theft\tkeys\tlocks\tThieves\n",
           {{"tests/a.cc", test}},
           {"tests/claims.tsv:1: no claim", "tests/a.cc:1: it_holds is no claim",
            "tests/a.cc:1: attack_1 is no claim"}),
};

int claims_main(std::span<char *const> arguments) {
    if (arguments.size() == 3 && std::string_view{arguments[1]} == "--write") {
        return report(write(arguments[2]));
    }
    return run("claims", arguments, check, samples);
}

} // namespace
} // namespace tree

int main(int count, char **arguments) {
    return tree::stopping("claims", [&] {
        return tree::claims_main({arguments, static_cast<std::size_t>(count)});
    });
}
