/// The list of guarantees in README.md, which is written from claims that name a group of it.
#include "tests/tree/claim_list.h"

#include <algorithm>

#include "tests/tree/claim_pages.h"
#include "tests/tree/text.h"

namespace tree {

namespace {

using Lines = std::vector<std::string>;

constexpr std::string_view begin_marker = "<!-- guarantees, from tests/claims.tsv -->";
constexpr std::string_view end_marker = "<!-- end of guarantees -->";
constexpr std::size_t columns = 120;

/// In lines of at most `columns`, the first of which begins with "- " and the others with blanks.
void add_wrapped(Lines &lines, std::string_view text) {
    std::string line = "-";
    for (const auto &word : split(text, ' ')) {
        if (line.size() + 1 + word.size() > columns) {
            lines.push_back(line);
            line = " ";
        }
        line += " " + word;
    }
    lines.push_back(line);
}

/// A line for each group, in the order of the groups' first claims.
Lines list_of(const std::vector<Claim> &claims) {
    std::vector<std::pair<std::string, std::string>> groups; // name, text
    for (const auto &claim : claims) {
        if (claim.group.empty()) {
            continue;
        }
        auto group = std::find_if(groups.begin(), groups.end(),
                                  [&claim](const auto &one) { return one.first == claim.group; });
        if (group == groups.end()) {
            group = groups.insert(group, {claim.group, "**" + claim.group + ".**"});
        }
        group->second += " " + capitalised(claim.sentence) + " ([tests](" +
                         std::string{claims_page} + "#" + claim.id + ")).";
    }
    Lines lines;
    for (const auto &group : groups) {
        add_wrapped(lines, group.second);
    }
    return lines;
}

} // namespace

SourceFile with_list(const SourceFile &page, const std::vector<Claim> &claims, Outcome &outcome) {
    SourceFile written = page;
    auto &lines = written.lines;
    const auto begin = std::find(lines.begin(), lines.end(), begin_marker);
    const auto end = std::find(begin, lines.end(), end_marker);
    if (end == lines.end()) {
        outcome.add(page.path, 1,
                    "no lines `" + std::string{begin_marker} + "` and `" + std::string{end_marker} +
                        "`; add them where the list of guarantees is to be");
        return written;
    }
    const auto list = list_of(claims);
    lines.insert(lines.erase(begin + 1, end), list.begin(), list.end());
    return written;
}

} // namespace tree
