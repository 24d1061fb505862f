/// tests/claims.tsv as data: one claim a line.
#include "tests/tree/claim_file.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include "tests/tree/text.h"

namespace tree {

namespace {

/// In the order of ClaimKind.
constexpr std::array<std::string_view, 5> kind_names{"guarantee", "invariant", "source", "house",
                                                     "attack"};

std::optional<ClaimKind> kind_of(std::string_view name) {
    const auto *const found = std::find(kind_names.begin(), kind_names.end(), name);
    if (found == kind_names.end()) {
        return {};
    }
    return static_cast<ClaimKind>(found - kind_names.begin());
}

bool is_id(std::string_view text) {
    return !text.empty() &&
           text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == text.npos;
}

/// One line; nothing, with a finding, where it is no claim.
std::optional<Claim> read_claim(const SourceFile &file, std::size_t line, Outcome &outcome) {
    const auto cells = split(file.lines[line - 1], '\t');
    const auto kind = cells.size() > 1 ? kind_of(cells[1]) : std::nullopt;
    const bool is_whole =
        kind == ClaimKind::attack ? cells.size() == 6 : cells.size() == 4 || cells.size() == 5;
    const bool has_all =
        std::none_of(cells.begin(), cells.end(), [](const auto &cell) { return cell.empty(); });
    if (!kind || !is_whole || !has_all || !is_id(cells[0])) {
        outcome.add(file.path, line,
                    "no claim; write, with tabs: id, guarantee or invariant or source or house, "
                    "origin, sentence, and perhaps a group of README.md; or id, attack, from, "
                    "attack, goal, what stops it");
        return {};
    }
    Claim claim{line, cells[0], *kind, cells[2], cells[3], "", "", ""};
    if (claim.is_attack()) {
        claim.goal = cells[4];
        claim.stop = cells[5];
    } else if (cells.size() == 5) {
        claim.group = cells[4];
    }
    return claim;
}

} // namespace

std::vector<Claim> read_claims(const SourceFile &file, Outcome &outcome) {
    std::vector<Claim> claims;
    std::set<std::string> ids;
    std::size_t attacks = 0;
    for (std::size_t line = 1; line <= file.lines.size(); ++line) {
        const auto claim = read_claim(file, line, outcome);
        if (!claim) {
            continue;
        }
        if (!ids.insert(claim->id).second) {
            outcome.add(file.path, line, claim->id + " is taken; find another id");
        }
        if (claim->is_attack() && claim->id != "attack_" + std::to_string(++attacks)) {
            outcome.add(file.path, line,
                        claim->id + " is number " + std::to_string(attacks) + "; count on");
        }
        claims.push_back(*claim);
    }
    return claims;
}

} // namespace tree
