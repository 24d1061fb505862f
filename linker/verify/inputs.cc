/// The files that the linker has read, and their owners.
#include "linker/verify/inputs.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "linker/link/parts.h"
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

/// A path without dots; with symbolic links resolved if `resolves`.
std::string plain(const std::filesystem::path &path, bool resolves) {
    if (!resolves) {
        return path.lexically_normal().string();
    }
    std::error_code error;
    const auto file = std::filesystem::canonical(path, error);
    if (error) {
        throw Unreadable(path.string() +
                         ": the linker read it, but it is not there any more: link again, or name "
                         "it by a path without .. after a symbolic link");
    }
    return file.string();
}

/// The files of a rule as make reads it: `OUTPUT: \`, then one file a line. In a name a blank and a
/// # are escaped by \, and a $ by $.
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

/// Whether the file is an object or an archive, not a linker script or other text.
bool is_linked(const std::string &path) {
    std::ifstream file(path, std::ios::binary);
    char begin[5] = "";
    file.read(begin, 4);
    return std::string(begin) == "\177ELF" || std::string(begin) == "!<ar" ||
           std::string(begin) == "!<th";
}

} // namespace

std::vector<Input> inputs_of(const std::string &folder) {
    const auto parts = link::Parts::from_folder(folder);
    const std::filesystem::path begin = parts.runs_in;
    std::map<std::string, std::string> owners;
    for (const auto &path : parts.runtime) {
        owners[plain(path, true)] = runtime_owner;
    }
    for (const auto &domain : parts.domains) {
        if (!domain.libraries.empty()) {
            owners[plain(parts.object_of(domain), true)] = domain.name;
        }
    }
    std::vector<Input> inputs;
    for (const auto &path : files_of_rule(folder + "/inputs.d")) {
        const auto file = plain(begin / path, true);
        const auto known = owners.find(file);
        if (known != owners.end()) {
            inputs.push_back({known->second, plain(path, false), file});
        } else if (is_linked(file)) {
            inputs.push_back({app_owner, plain(path, false), file});
        }
    }
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
            throw Unreadable(object +
                             ": is in the linker's map, but is no file that it read: rename "
                             "the file or section of this name, or compile with -fno-lto");
        }
    }
}

} // namespace linker::verify
