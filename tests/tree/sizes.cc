/// The limits of the house style: lengths of code, folders with a README, first lines, forbidden
/// words, the top level.
#include <algorithm>
#include <array>
#include <set>

#include "tests/tree/text.h"
#include "tests/tree/tool.h"

namespace tree {
namespace {

constexpr std::size_t code_limit = 400;
constexpr std::size_t assembly_limit = 250;

/// Beside these the top level holds dot-files only.
constexpr std::array<std::string_view, 11> top_level{
    "CMakeLists.txt", "rt",    "crt",       "linker",    "apps",
    "tests",          "bench", "toolchain", "README.md", "CMakePresets.json",
    "LICENSE",
};

/// Folders that have a README; so does each folder under apps/.
constexpr std::array<std::string_view, 7> with_readme{"toolchain", "linker", "crt",  "rt",
                                                      "apps",      "tests",  "bench"};

/// Written in two halves, so that this file does not hold them.
constexpr std::array<std::string_view, 3> unfinished{"TO"
                                                     "DO",
                                                     "FIX"
                                                     "ME",
                                                     "X"
                                                     "XX"};

/// First folders of paths that exist on one machine only.
constexpr std::array<std::string_view, 2> machine_folders{"home", "work"};

/// Hosts of package registries: the package manager knows where it gets things from, the tree does
/// not.
constexpr std::array<std::string_view, 14> registries{
    "pypi.org",           "files.pythonhosted.org", "registry.npmjs.org", "registry.yarnpkg.com",
    "crates.io",          "static.crates.io",       "index.crates.io",    "proxy.golang.org",
    "rubygems.org",       "repo.maven.apache.org",  "repo1.maven.org",    "deb.debian.org",
    "archive.ubuntu.com", "conda.anaconda.org",
};

/// Whether a slash after this character goes on with a path.
bool continues_path(char character) {
    return is_word_character(character) || contains(".-/}*", std::string_view{&character, 1});
}

/// Whether an absolute path begins at one of the machine folders: not in the middle of another
/// path.
bool names_machine(std::string_view line) {
    return std::any_of(machine_folders.begin(), machine_folders.end(), [line](const auto &folder) {
        const std::string path = "/" + std::string{folder} + "/";
        for (auto at = line.find(path); at != line.npos; at = line.find(path, at + 1)) {
            if (at == 0) {
                return true;
            }
            const bool is_option =
                at >= 2 && line.substr(at - 2, 1) == "-" && contains("IL", line.substr(at - 1, 1));
            if (is_option || !continues_path(line[at - 1])) {
                return true;
            }
        }
        return false;
    });
}

void check_length(const SourceFile &file, std::size_t limit, Outcome &outcome) {
    if (file.lines.size() > limit) {
        outcome.add(file.path, limit + 1,
                    std::to_string(file.lines.size()) + " lines, the limit is " +
                        std::to_string(limit) + "; look for the second concept");
    }
}

void check_code(const SourceFile &file, Outcome &outcome) {
    const auto extension = file.extension();
    if (extension != ".cc" && extension != ".h" && extension != ".S") {
        return;
    }
    check_length(file, extension == ".S" ? assembly_limit : code_limit, outcome);
    if (file.lines.empty() || !file.lines.front().starts_with("/// ")) {
        outcome.add(file.path, 1, "does not begin with `/// `; say in one sentence what it is");
    }
}

void check_lines(const SourceFile &file, Outcome &outcome) {
    for (std::size_t index = 0; index < file.lines.size(); ++index) {
        const std::string &line = file.lines[index];
        for (const auto word : unfinished) {
            if (has_word(line, word)) {
                outcome.add(file.path, index + 1, std::string{word} + "; do it, or open an issue");
            }
        }
        if (names_machine(line)) {
            outcome.add(file.path, index + 1,
                        "a path of one machine; make it relative, or a parameter");
        }
        for (const auto host : registries) {
            if (contains(line, "://" + std::string{host})) {
                outcome.add(file.path, index + 1,
                            "the address of a package registry; name the package alone");
            }
        }
    }
}

void check_folders(const Files &files, Outcome &outcome) {
    std::set<std::string> entries;
    std::set<std::string> required;
    for (const auto &file : files) {
        const auto slash = file.path.find('/');
        const std::string top = file.path.substr(0, slash);
        entries.insert(top);
        if (slash == std::string::npos) {
            continue;
        }
        if (std::find(with_readme.begin(), with_readme.end(), top) != with_readme.end()) {
            required.insert(top);
        }
        const auto second = file.path.find('/', slash + 1);
        if (top == "apps" && second != std::string::npos) {
            required.insert(file.path.substr(0, second));
        }
    }
    for (const auto &entry : entries) {
        const bool known = std::find(top_level.begin(), top_level.end(), entry) != top_level.end();
        if (!known && entry[0] != '.') {
            outcome.add(entry, 1, "does not belong at the top level; find it a folder");
        }
    }
    for (const auto &folder : required) {
        if (find(files, folder + "/README.md") == nullptr) {
            outcome.add(folder + "/README.md", 1,
                        "missing; say what the folder is about, what it depends on, which file to "
                        "open first");
        }
    }
}

/// Whether there is a number before the word u.
bool has_figure_in_u(std::string_view line) {
    for (auto at = line.find(" u"); at != line.npos; at = line.find(" u", at + 1)) {
        const bool is_word = at + 2 == line.size() || !is_word_character(line[at + 2]);
        if (is_word && at != 0 && line[at - 1] >= '0' && line[at - 1] <= '9') {
            return true;
        }
    }
    return false;
}

/// A figure in u is measured where there are protection keys, and the file that has it is kept.
void check_figures(const Files &files, Outcome &outcome) {
    const auto *const readme = find(files, "README.md");
    const auto is_measured = [](const SourceFile &file) {
        return file.under("bench/results/") &&
               std::any_of(file.lines.begin(), file.lines.end(), [](const auto &line) {
                   return contains(line, "\"protection_keys\": \"yes\"");
               });
    };
    if (readme == nullptr || std::any_of(files.begin(), files.end(), is_measured)) {
        return;
    }
    for (std::size_t index = 0; index < readme->lines.size(); ++index) {
        if (has_figure_in_u(readme->lines[index])) {
            outcome.add(readme->path, index + 1,
                        "a figure in u that no file of bench/results has; run toolchain/hardware "
                        "where there are keys");
        }
    }
}

Outcome check(const Files &files) {
    Outcome outcome;
    for (const auto &file : files) {
        check_code(file, outcome);
        check_lines(file, outcome);
    }
    check_folders(files, outcome);
    check_figures(files, outcome);
    outcome.closing = "sizes: " + std::to_string(files.size()) + " files";
    return outcome;
}

std::string lines(std::size_t count) {
    std::string text = "/// A file.\n";
    for (std::size_t line = 1; line < count; ++line) {
        text += "int line;\n";
    }
    return text;
}

const std::string home_path = "/"
                              "home/me/x";

const std::vector<Sample> samples{
    {"all that is allowed",
     {{".ci/run", "$ROOT/"
                  "home/x ${X}/"
                  "work/y lib/"
                  "work/z\n"},
      {"README.md", lines(1000)},
      {"apps/README.md", lines(1000)},
      {"apps/hello/README.md", "Hello.\n"},
      {"apps/hello/main.cc", lines(400)},
      {"crt/README.md", "XX"
                        "XX is no word of the list.\n"},
      {"crt/start.S", lines(250)},
      {"tests/README.md", "Tests.\n"}},
     {}},
    {"lengths",
     {{"rt/README.md", lines(1)}, {"rt/a.S", lines(251)}, {"rt/a.cc", lines(401)}},
     {"rt/a.S:251: 251 lines", "rt/a.cc:401: 401 lines"}},
    {"first lines and words",
     {{".ci/run", "cd " + home_path + "\nclang -I" + home_path + "\n"},
      {"LICENSE", "see https://"
                  "pypi.org/simple\n"},
      {"linker/README.md", "TO"
                           "DO: all\n"},
      {"linker/a.h", "// A file.\n"},
      {"linker/b.cc", ""}},
     {".ci/run:1: a path of one machine", ".ci/run:2: a path of one machine",
      "LICENSE:1: the address",
      "linker/README.md:1: TO"
      "DO;",
      "linker/a.h:1: does not begin", "linker/b.cc:1: does not begin"}},
    {"a figure in u that was measured",
     {{"README.md", "It costs 1.5 u.\n"},
      {"bench/README.md", ""},
      {"bench/results/a.json", "  \"protection_keys\": \"yes\",\n"}},
     {}},
    {"figures in u",
     {{"README.md", "in u, 1 us, 2 x u\nIt costs 1.5 u.\n| 2 u\n"},
      {"bench/README.md", "at most 3 u\n"},
      {"bench/results/a.json", "  \"protection_keys\": \"no\",\n"}},
     {"README.md:2: a figure in u", "README.md:3: a figure in u"}},
    {"folders",
     {{"Makefile", ""}, {"apps/README.md", ""}, {"apps/one/main.cc", lines(1)}, {"src/a.c", ""}},
     {"Makefile:1: does not belong", "src:1: does not belong", "apps/one/README.md:1: missing"}},
};

} // namespace
} // namespace tree

int main(int count, char **arguments) {
    return tree::run("sizes", {arguments, static_cast<std::size_t>(count)}, tree::check,
                     tree::samples);
}
