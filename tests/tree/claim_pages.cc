/// The pages that are written from claims and tags, and read again after the tests.
#include "tests/tree/claim_pages.h"

#include <algorithm>
#include <array>

#include "tests/tree/text.h"

namespace tree {

namespace {

using Lines = std::vector<std::string>;

/// In the order of ClaimKind, without attacks.
constexpr std::array<std::string_view, 4> chapters{
    "## Guarantees", "## Invariants", "## Properties of the sources", "## House rules"};

constexpr std::string_view not_applicable = " Not applicable: ";
constexpr std::string_view open = " Open: ";

/// A claim as one paragraph.
std::string text_of(const Claim &claim) {
    if (!claim.is_attack()) {
        return capitalised(claim.sentence) +
               (claim.origin == "-" ? "." : " (" + claim.origin + ").");
    }
    const auto reason = [&claim] { return claim.stop.substr(claim.stop.find(' ') + 1); };
    return capitalised(claim.sentence) + ". From: " + claim.origin + ". Goal: " + claim.goal + "." +
           (claim.is_not_applicable() ? std::string{not_applicable} + reason()
            : claim.is_open()         ? std::string{open} + reason()
                                      : " Stopped by: " + claim.stop) +
           ".";
}

void add_claim(Lines &page, const Claim &claim, const TestsOf &tests) {
    page.insert(page.end(), {"", "### " + claim.id, "", text_of(claim)});
    const auto found = tests.find(claim.id);
    if (found == tests.end()) {
        return;
    }
    page.emplace_back();
    for (const auto &test : found->second) {
        page.push_back("- `" + test + "`");
    }
}

void add_origin_of_page(Lines &page) {
    page.insert(
        page.end(),
        {"", "Written from `tests/claims.tsv` and the tags of the tests. Change those, then run",
         "`build/default/host/bin/claims --write .` (tests/README.md says how to tag a test)."});
}

Lines claims_lines(const std::vector<Claim> &claims, const TestsOf &tests) {
    const auto count = std::count_if(claims.begin(), claims.end(),
                                     [](const auto &claim) { return !claim.is_attack(); });
    Lines page{"# Claims, and the tests that show them", "",
               std::to_string(count) + " claims; attacks are in `attack/TABLE.md`."};
    add_origin_of_page(page);
    for (std::size_t kind = 0; kind < chapters.size(); ++kind) {
        page.insert(page.end(), {"", std::string{chapters[kind]}});
        for (const auto &claim : claims) {
            if (claim.kind == static_cast<ClaimKind>(kind)) {
                add_claim(page, claim, tests);
            }
        }
    }
    return page;
}

Lines attacks_lines(const std::vector<Claim> &claims, const TestsOf &tests) {
    Lines page{"# The attack table", "", count_of_attacks(claims)};
    add_origin_of_page(page);
    page.emplace_back("`tests/attack/README.md` says how to read this page.");
    for (const auto &claim : claims) {
        if (claim.is_attack()) {
            add_claim(page, claim, tests);
        }
    }
    return page;
}

} // namespace

std::string capitalised(std::string text) {
    if (!text.empty() && text.front() >= 'a' && text.front() <= 'z') {
        text.front() = static_cast<char>(text.front() - 'a' + 'A');
    }
    return text;
}

std::string count_of_attacks(const std::vector<Claim> &claims) {
    std::array<std::size_t, 3> counts{}; // covered, not applicable, open
    for (const auto &claim : claims) {
        if (claim.is_attack()) {
            ++counts[claim.is_not_applicable() ? 1 : claim.is_open() ? 2 : 0];
        }
    }
    return std::to_string(counts[0] + counts[1] + counts[2]) +
           " attacks: " + std::to_string(counts[0]) + " covered, " + std::to_string(counts[1]) +
           " not applicable, " + std::to_string(counts[2]) + " open.";
}

Files written_pages(const std::vector<Claim> &claims, const TestsOf &tests) {
    return {{std::string{claims_page}, claims_lines(claims, tests)},
            {std::string{attacks_page}, attacks_lines(claims, tests)}};
}

std::vector<PageClaim> read_page(const SourceFile &page) {
    std::vector<PageClaim> claims;
    for (std::size_t line = 1; line <= page.lines.size(); ++line) {
        const std::string_view text = page.lines[line - 1];
        if (text.starts_with("### ")) {
            claims.push_back({std::string{text.substr(4)}, line, true, {}});
        } else if (claims.empty()) {
            continue;
        } else if (text.starts_with("- `") && text.ends_with("`")) {
            claims.back().tests.push_back(backticked(text)[0]);
        } else if (contains(text, not_applicable) || contains(text, open)) {
            claims.back().needs_tests = false;
        }
    }
    return claims;
}

} // namespace tree
