/// tests/claims.tsv as data: one claim a line.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "tests/tree/tool.h"

namespace tree {

/// Where the claims are.
inline constexpr std::string_view claims_path = "tests/claims.tsv";

/// The kinds of claims, in the order of the chapters of tests/CLAIMS.md.
enum class ClaimKind { guarantee, invariant, source, house, attack };

/// One line. `goal` and `stop` are an attack's alone.
struct Claim {
    std::size_t line;
    std::string id;
    ClaimKind kind;
    std::string origin;
    std::string sentence;
    std::string goal;
    std::string stop;  // or "n.a.: WHY", or "open: WHAT IS MISSING"
    std::string group; // of README.md's list, or empty; no attack has one

    bool is_attack() const { return kind == ClaimKind::attack; }
    bool is_not_applicable() const { return stop.starts_with("n.a.: "); }
    bool is_open() const { return stop.starts_with("open: "); }
};

/// The claims in the order of the file. Findings for lines that are none, for ids that are taken,
/// and for attacks that are not numbered in order.
std::vector<Claim> read_claims(const SourceFile &file, Outcome &outcome);

} // namespace tree
