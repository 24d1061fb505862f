/// One table, kernel by kind of test: passed/failed/skipped, and the reasons below it.
#include "tests/tree/kernel_table.h"

#include <algorithm>
#include <array>
#include <set>

#include "tests/tree/text.h"

namespace tree {

namespace {

/// Passed, failed, skipped.
using Counts = std::array<std::size_t, 3>;
using Line = std::vector<std::string>;

std::string kind_of(const std::string &name) {
    return name.substr(0, name.find('.'));
}

/// One row: a cell for each kind, then the sums.
Line row_of(const Run &run, const Verdicts &verdicts, const std::set<std::string> &kinds) {
    std::map<std::string, Counts> counts;
    Counts sums{};
    for (const auto &[name, verdict] : verdicts) {
        ++counts[kind_of(name)][static_cast<std::size_t>(verdict.ending)];
        ++sums[static_cast<std::size_t>(verdict.ending)];
    }
    Line row{run.name};
    for (const auto &kind : kinds) {
        const auto &cell = counts[kind];
        row.push_back(std::to_string(cell[0]) + "/" + std::to_string(cell[1]) + "/" +
                      std::to_string(cell[2]));
    }
    for (const auto sum : sums) {
        row.push_back(std::to_string(sum));
    }
    row.push_back(run.seconds);
    return row;
}

/// Pads the cells of each column to one width.
std::vector<std::string> aligned(const std::vector<Line> &table) {
    std::vector<std::size_t> widths(table.front().size());
    for (const auto &line : table) {
        for (std::size_t column = 0; column < line.size(); ++column) {
            widths[column] = std::max(widths[column], line[column].size());
        }
    }
    std::vector<std::string> lines;
    for (const auto &line : table) {
        std::string text;
        for (std::size_t column = 0; column < line.size(); ++column) {
            text += line[column];
            text.append(widths[column] - line[column].size() + 2, ' ');
        }
        lines.push_back(text.substr(0, text.find_last_not_of(' ') + 1));
    }
    return lines;
}

/// The names, in lines of about a hundred characters; of very many, how many more there are.
void add_names(std::vector<std::string> &lines, const std::vector<std::string> &names) {
    constexpr std::size_t enough = 40;
    std::string text = " ";
    for (std::size_t index = 0; index < names.size() && index < enough; ++index) {
        if (text.size() + names[index].size() > 98 && text.size() > 1) {
            lines.push_back(text);
            text = " ";
        }
        text += " " + names[index];
    }
    lines.push_back(text + (names.size() > enough
                                ? " and " + std::to_string(names.size() - enough) + " more"
                                : ""));
}

/// Below the table: each reason once, the kernels it holds under, and the cases.
void add_reasons(std::vector<std::string> &lines, const std::vector<Run> &runs,
                 const std::vector<Verdicts> &verdicts, Ending ending) {
    std::map<std::pair<std::string, std::string>, std::string> kernels; // of reason and case
    for (std::size_t index = 0; index < runs.size(); ++index) {
        for (const auto &[name, verdict] : verdicts[index]) {
            if (verdict.ending == ending) {
                auto &list = kernels[{verdict.reason, name}];
                list += (list.empty() ? "" : ", ") + runs[index].name;
            }
        }
    }
    std::map<std::pair<std::string, std::string>, std::vector<std::string>> groups;
    for (const auto &[key, list] : kernels) {
        groups[{key.first, list}].push_back(key.second);
    }
    for (const auto &[group, names] : groups) {
        lines.push_back((ending == Ending::failed ? "failed under " : "skipped under ") +
                        group.second + ": " + group.first);
        add_names(lines, names);
    }
}

} // namespace

std::vector<std::string> kernel_table(const std::vector<Run> &runs) {
    std::vector<Verdicts> verdicts;
    std::set<std::string> kinds;
    for (const auto &run : runs) {
        verdicts.push_back(verdicts_of(run, runs, true));
        for (const auto &[name, verdict] : verdicts.back()) {
            kinds.insert(kind_of(name));
        }
    }
    Line head{"kernel"};
    head.insert(head.end(), kinds.begin(), kinds.end());
    head.insert(head.end(), {"passed", "failed", "skipped", "seconds"});
    std::vector<Line> table{head};
    for (std::size_t index = 0; index < runs.size(); ++index) {
        table.push_back(row_of(runs[index], verdicts[index], kinds));
    }
    auto lines = aligned(table);
    for (const auto &run : runs) {
        if (!run.kernel.empty()) {
            lines.push_back(run.name + " is " + run.kernel);
        }
    }
    add_reasons(lines, runs, verdicts, Ending::failed);
    add_reasons(lines, runs, verdicts, Ending::skipped);
    return lines;
}

} // namespace tree
