/// The pages that are written from claims and tags, and read again after the tests.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tests/tree/claim_file.h"

namespace tree {

inline constexpr std::string_view claims_page = "tests/CLAIMS.md";
inline constexpr std::string_view attacks_page = "tests/attack/TABLE.md";

/// The tests of each claim, by its id.
using TestsOf = std::map<std::string, std::set<std::string>>;

/// How many attacks there are, and what has become of them: the line that the attack table has.
std::string count_of_attacks(const std::vector<Claim> &claims);

/// The text with a capital in front.
std::string capitalised(std::string text);

/// Both pages, as they have to be.
Files written_pages(const std::vector<Claim> &claims, const TestsOf &tests);

/// A claim of a page, and its tests.
struct PageClaim {
    std::string id;
    std::size_t line;
    bool needs_tests; // it is applicable, and not open
    std::vector<std::string> tests;
};

/// Reads a page that `written_pages` made.
std::vector<PageClaim> read_page(const SourceFile &page);

} // namespace tree
