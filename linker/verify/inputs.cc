/// What the linker has read, and whose it is.
#include "linker/verify/inputs.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "linker/verify/image.h"

namespace linker::verify {
namespace {

std::ifstream open(const std::string &path, const char *who) {
    std::ifstream file(path);
    if (!file) {
        throw Unreadable(path + ": cannot be read: " + who + " writes it");
    }
    return file;
}

/// A path without dots, symbolic links resolved where `resolves`.
std::string plain(const std::filesystem::path &path, bool resolves) {
    if (!resolves) {
        return path.lexically_normal().string();
    }
    std::error_code error;
    const auto file = std::filesystem::canonical(path, error);
    if (error) {
        throw Unreadable(path.string() +
                         ": the linker has read it, and it is not there: link again, or name "
                         "it without .. behind a symbolic link");
    }
    return file.string();
}

/// The files of a rule as make reads it: `OUTPUT: \`, then a file a line. A blank, a # and a $ of
/// a name stand behind \, \ and $.
std::vector<std::string> files_of_rule(const std::string &path) {
    auto rule = open(path, "the linker, by --dependency-file,");
    std::vector<std::string> files;
    std::string line;
    std::getline(rule, line);
    while (line.ends_with(" \\") && std::getline(rule, line)) {
        std::string file;
        for (std::size_t at = line.find_first_not_of(' '); at < line.size(); ++at) {
            if (line[at] == ' ') {
                break;
            }
            const auto pair = line.substr(at, 2);
            const bool is_escaped = pair == "\\ " || pair == "\\#" || pair == "$$";
            file += line[is_escaped ? ++at : at];
        }
        files.push_back(file);
    }
    return files;
}

/// Neither a linker script nor anything else that is text.
bool is_linked(const std::string &path) {
    std::ifstream file(path, std::ios::binary);
    char begin[5] = "";
    file.read(begin, 4);
    return std::string(begin) == "\177ELF" || std::string(begin) == "!<ar" ||
           std::string(begin) == "!<th";
}

/// The linker script says of an archive's data where it goes by the archive's name.
void check_names(const std::vector<Input> &inputs) {
    std::map<std::string, const Input *> names;
    for (const auto &input : inputs) {
        const auto name = std::filesystem::path(input.path).filename().string();
        const auto [first, is_new] = names.try_emplace(name, &input);
        if (!is_new && name.ends_with(".a") && first->second->owner != input.owner) {
            throw Unreadable(input.path + " of " + input.owner + " is called as " +
                             first->second->path + " of " + first->second->owner +
                             ": the linker script tells archives apart by name: rename one");
        }
    }
}

} // namespace

std::vector<Input> inputs_of(const std::string &folder) {
    const std::string archives = folder + "/archives.txt";
    auto lines = open(archives, "postern_add_app");
    std::string line;
    const std::string first = "folder: ";
    if (!std::getline(lines, line) || !line.starts_with(first)) {
        throw Unreadable(archives + ": does not begin with `" + first + "PATH`: configure anew");
    }
    const std::filesystem::path begin = line.substr(first.size());
    std::map<std::string, std::string> owners;
    while (std::getline(lines, line)) {
        const auto blank = line.find(' ');
        if (blank != line.npos) {
            const auto path = line.substr(blank + 1);
            const auto [first, is_new] =
                owners.try_emplace(plain(path, true), line.substr(0, blank));
            if (!is_new && first->second != line.substr(0, blank)) {
                throw Unreadable(path + ": one library of " + first->second + " and of " +
                                 line.substr(0, blank) + ": give each a copy of its own");
            }
        }
    }
    std::vector<Input> inputs;
    for (const auto &path : files_of_rule(folder + "/inputs.d")) {
        const auto file = plain(begin / path, true);
        const auto known = owners.find(file);
        if (known != owners.end()) {
            inputs.push_back({known->second, plain(path, false), file});
        } else if (is_linked(file)) {
            inputs.push_back({administrator_owner, plain(path, false), file});
        }
    }
    check_names(inputs);
    return inputs;
}

const Input &input_of(const std::string &object, const std::vector<Input> &inputs) {
    for (auto end = object.find('('); true; end = object.find('(', end + 1)) {
        const auto path = plain(object.substr(0, end), false);
        const auto found = std::find_if(inputs.begin(), inputs.end(),
                                        [&](const auto &input) { return input.path == path; });
        if (found != inputs.end()) {
            return *found;
        }
        if (end == object.npos) {
            throw Unreadable(object + ": in the linker's map, and nothing that it has read: rename "
                                      "what is called so, or compile with -fno-lto");
        }
    }
}

} // namespace linker::verify
