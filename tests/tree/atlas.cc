/// Reads the notation of every assembly file of crt and rt: where control comes from, whose PKRU.
#include "tests/tree/atlas.h"

#include <map>
#include <utility>

namespace tree {
namespace {

constexpr std::size_t line_limit = 250;

bool is_layer(const SourceFile &file) {
    return file.under("crt/") || file.under("rt/");
}

/// In the order of the files and lines, whichever rule it was; what a line has keeps its order.
std::vector<Finding> sorted(const std::vector<Finding> &findings) {
    std::multimap<std::pair<std::string, std::size_t>, Finding> by_place;
    for (const auto &finding : findings) {
        by_place.insert({{finding.path, finding.line}, finding});
    }
    std::vector<Finding> result;
    for (const auto &[place, finding] : by_place) {
        result.push_back(finding);
    }
    return result;
}

Outcome check(const Files &files) {
    Outcome outcome;
    Assemblies assemblies;
    Assemblies headers;
    Macros macros;
    std::size_t labels = 0;
    for (const auto &file : files) {
        if (!is_layer(file) || (file.extension() != ".S" && file.extension() != ".h")) {
            continue;
        }
        read_macros(file, macros);
        if (file.extension() == ".S") {
            assemblies.push_back(read_assembly(file));
            labels += assemblies.back().labels.size();
            if (file.lines.size() > line_limit) {
                outcome.add(file.path, line_limit + 1,
                            std::to_string(file.lines.size()) +
                                " lines; one entry point per file, 250 lines at most");
            }
        } else {
            headers.push_back(read_assembly(file));
        }
    }
    resolve_macros(macros);
    check_labels(assemblies, outcome);
    check_jumps(assemblies, macros, outcome);
    check_sequences(assemblies, headers, macros, outcome);
    outcome.findings = sorted(outcome.findings);
    outcome.closing = "atlas: " + std::to_string(assemblies.size()) + " files, " +
                      std::to_string(labels) + " labels";
    return outcome;
}

} // namespace
} // namespace tree

int main(int count, char **arguments) {
    return tree::run("atlas", {arguments, static_cast<std::size_t>(count)}, tree::check,
                     tree::atlas_samples());
}
