/// The list of guarantees in README.md, which is written from claims that name a group of it.
#pragma once

#include <string_view>
#include <vector>

#include "tests/tree/claim_file.h"

namespace tree {

inline constexpr std::string_view list_page = "README.md";

/// The page with the list between its two markers as it has to be. A finding, and the page as it
/// is, where the markers are missing.
SourceFile with_list(const SourceFile &page, const std::vector<Claim> &claims, Outcome &outcome);

} // namespace tree
