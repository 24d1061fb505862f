/// Reads every include of the layers: who sees whom, nothing of a libc, no cycles.
#include <map>
#include <optional>
#include <set>

#include "tests/tree/include_rules.h"
#include "tests/tree/text.h"
#include "tests/tree/tool.h"

namespace tree {
namespace {

struct Include {
    std::size_t line;
    std::string target;
    bool is_angle;
    std::string resolved; // the file of the repository, or ""
};

using Graph = std::map<std::string, std::vector<Include>>;

/// The include on one line; one with an unreadable name has an empty target.
std::optional<Include> parse_include(std::string_view line, std::size_t number) {
    std::string_view rest = trim(line);
    if (!rest.starts_with("#")) {
        return {};
    }
    rest = trim(rest.substr(1));
    if (!rest.starts_with("include")) {
        return {};
    }
    rest.remove_prefix(std::string_view{"include"}.size());
    if (!rest.empty() && is_word_character(rest.front()) && !rest.starts_with("_next")) {
        return {};
    }
    rest = trim(rest);
    const bool is_angle = rest.starts_with("<");
    const auto end = rest.size() < 2 ? rest.npos : rest.find(is_angle ? '>' : '"', 1);
    if ((!is_angle && !rest.starts_with("\"")) || end == rest.npos) {
        return Include{number, "", false, ""};
    }
    return Include{number, std::string{rest.substr(1, end - 1)}, is_angle, ""};
}

/// The file that a compiler with the root as its only folder takes: beside `path`, else from the
/// root.
std::string resolve(const Files &files, const std::string &path, const std::string &target) {
    const std::string beside = path.substr(0, path.rfind('/') + 1) + target;
    for (const auto &candidate : {beside, target}) {
        if (find(files, candidate) != nullptr) {
            return candidate;
        }
    }
    return {};
}

Graph read_graph(const Files &files) {
    Graph graph;
    for (const auto &file : files) {
        if (!is_source(file.path)) {
            continue;
        }
        auto &includes = graph[file.path];
        for (std::size_t index = 0; index < file.lines.size(); ++index) {
            if (auto include = parse_include(file.lines[index], index + 1)) {
                include->resolved = resolve(files, file.path, include->target);
                includes.push_back(*include);
            }
        }
    }
    return graph;
}

/// Depth first; a file that is met again while still on `trail` closes a cycle.
void find_cycles(const Graph &graph, const std::string &path, std::vector<std::string> &trail,
                 std::set<std::string> &done, Outcome &outcome) {
    trail.push_back(path);
    const auto node = graph.find(path);
    for (const auto &include : node == graph.end() ? std::vector<Include>{} : node->second) {
        if (include.resolved.empty() || done.contains(include.resolved)) {
            continue;
        }
        auto met = trail.begin();
        while (met != trail.end() && *met != include.resolved) {
            ++met;
        }
        if (met == trail.end()) {
            find_cycles(graph, include.resolved, trail, done, outcome);
            continue;
        }
        std::string round;
        for (; met != trail.end(); ++met) {
            round += *met + " -> ";
        }
        outcome.add(path, include.line,
                    "a cycle: " + round + include.resolved + "; split what both need off");
    }
    trail.pop_back();
    done.insert(path);
}

Outcome check(const Files &files) {
    Outcome outcome;
    const Graph graph = read_graph(files);
    std::size_t count = 0;
    for (const auto &[path, includes] : graph) {
        for (const auto &include : includes) {
            ++count;
            const auto wrong = include.target.empty()
                                   ? std::string{"an include without a plain name; write it out"}
                               : include.is_angle
                                   ? wrong_angle(path, include.target)
                                   : wrong_quoted(path, include.target, include.resolved);
            if (!wrong.empty()) {
                outcome.add(path, include.line, wrong);
            }
        }
    }
    std::set<std::string> done;
    std::vector<std::string> trail;
    for (const auto &[path, includes] : graph) {
        if (!done.contains(path)) {
            find_cycles(graph, path, trail, done, outcome);
        }
    }
    outcome.closing = "include_order: " + std::to_string(graph.size()) + " files, " +
                      std::to_string(count) + " includes";
    return outcome;
}

const std::vector<Sample> samples{
    {"all that is allowed",
     {{"linker/symbols.h", "#include \"linker/layout.h\"\n"},
      {"crt/begin.cc", "#include <stdint.h>\n#include \"crt/begin.h\"\n"},
      {"crt/begin.h", "#include \"linker/symbols.h\"\n"},
      {"rt/entry/call.h", "#include \"rt/gate/enter.h\"\n#include \"rt/key/pkru.h\"\n"},
      {"rt/sys/map.cc", "#include <linux/mman.h>\n#include \"crt/begin.h\"\n"},
      {"rt/rt.h", "#include \"rt/start/start.h\"\n#include \"postern/domains.h\"\n"},
      {"apps/hello/part.h", "#pragma once\n"},
      {"apps/hello/main.cc", "#include \"rt/rt.h\"\n#include \"part.h\"\n"
                             "#include \"apps/hello/part.h\"\n#include \"postern/domains.h\"\n"},
      {"tests/tree/tool.cc", "#include <vector>\n"},
      {"bench/driver.cc", "#include <vector>\n"}},
     {}},
    {"layers",
     {{"linker/a.h", "#include \"crt/a.h\"\n"},
      {"crt/a.cc", "int a;\n#include \"rt/base/log.h\"\n"},
      {"rt/base/log.h", "#include \"tests/run/a.h\"\n# include \"postern/domains.h\"\n"},
      {"apps/one/main.cc", "#include \"rt/key/pkru.h\"\n#include \"apps/two/a.h\"\n"},
      {"apps/two/a.h", ""}},
     {"apps/one/main.cc:1: an app includes", "apps/one/main.cc:2: an app includes",
      "crt/a.cc:2: crt/ does not see rt/base/log.h", "linker/a.h:1: linker/ does not see",
      "rt/base/log.h:1: rt/ does not see tests/run/a.h", "rt/base/log.h:2: rt/ does not see"}},
    {"the order of rt",
     {{"rt/key/pkru.h", "#include \"rt/entry/call.h\"\n#include \"rt/rt.h\"\n"},
      {"rt/magic/a.h", "#include \"rt/base/log.h\"\n"}},
     {"rt/key/pkru.h:1: rt/entry/call.h stands to the right of rt/key/",
      "rt/key/pkru.h:2: rt/rt.h stands to the right", "rt/magic/a.h:1: the folder is not"}},
    {"full paths",
     {{"rt/key/pkru.h", "#include \"pkey.h\"\n#include \"../base/log.h\"\n#include HEADER\n"},
      {"rt/key/pkey.h", ""}},
     {"rt/key/pkru.h:1: a path from the including file", "rt/key/pkru.h:2: a path with dots",
      "rt/key/pkru.h:3: an include without a plain name"}},
    {"angle includes",
     {{"crt/library/a.cc", "#include <string.h>\n"},
      {"rt/key/a.cc", "#include <string.h>\n#include <linux/mman.h>\n"},
      {"rt/sys/a.S", "#include <asm/unistd.h>\n"},
      {"apps/one/a.cc", "#include <linux/mman.h>\n"}},
     {"apps/one/a.cc:1: kernel header", "rt/key/a.cc:1: <string.h> is neither",
      "rt/key/a.cc:2: kernel header <linux/mman.h>", "rt/sys/a.S:1: kernel header"}},
    {"a cycle",
     {{"rt/key/a.h", "#include \"rt/key/b.h\"\n"},
      {"rt/key/b.h", "#include \"rt/key/c.h\"\n"},
      {"rt/key/c.h", "#pragma once\n#include \"rt/key/a.h\"\n"}},
     {"rt/key/c.h:2: a cycle: rt/key/a.h -> rt/key/b.h -> rt/key/c.h -> rt/key/a.h"}},
};

} // namespace
} // namespace tree

int main(int count, char **arguments) {
    return tree::run("include_order", {arguments, static_cast<std::size_t>(count)}, tree::check,
                     tree::samples);
}
