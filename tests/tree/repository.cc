/// The files of the repository as git sees them, in memory.
#include "tests/tree/repository.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include "tests/tree/text.h"

namespace tree {

namespace {

std::string quoted_for_shell(const std::string &word) {
    std::string result = "'";
    for (const char character : word) {
        result += character == '\'' ? std::string{"'\\''"} : std::string{character};
    }
    return result + "'";
}

/// The output of `command`; its error messages go where ours go.
std::string output_of(const std::string &command, int &status) {
    std::string output;
    FILE *const pipe = popen(command.c_str(), "r");
    if (pipe == nullptr) {
        throw Stop{wrong_use, "cannot start a shell"};
    }
    char buffer[4096];
    while (const auto count = fread(buffer, 1, sizeof(buffer), pipe)) {
        output.append(buffer, count);
    }
    status = pclose(pipe);
    return output;
}

} // namespace

std::string_view SourceFile::extension() const {
    const std::string_view name = std::string_view{path}.substr(path.rfind('/') + 1);
    const auto dot = name.rfind('.');
    return dot == std::string_view::npos ? std::string_view{} : name.substr(dot);
}

SourceFile read_file(const std::string &file, const std::string &path) {
    std::ifstream stream{file, std::ios::binary};
    if (!stream) {
        throw Stop{wrong_use, "cannot read " + file};
    }
    const std::string text{std::istreambuf_iterator<char>{stream}, {}};
    const bool is_binary = contains(text, std::string_view{"\0", 1});
    return {path, is_binary ? std::vector<std::string>{} : split_lines(text)};
}

Files read_repository(const std::string &root) {
    if (!std::filesystem::is_directory(root)) {
        throw Stop{wrong_use, root + " is no folder"};
    }
    if (!std::filesystem::exists(root + "/.git")) {
        throw Stop{skipped, "skipped: " + root + " is no git checkout"};
    }
    int status = 0;
    std::istringstream names{output_of(
        "git -C " + quoted_for_shell(root) + " ls-files -z -co --exclude-standard", status)};
    Files files;
    for (std::string name; std::getline(names, name, '\0');) {
        const std::string file = root + "/" + name;
        if (std::filesystem::is_regular_file(std::filesystem::symlink_status(file))) {
            files.push_back(read_file(file, name));
        }
    }
    if (status != 0 || files.empty()) {
        throw Stop{wrong_use, "git lists no files in " + root + "; see its message above"};
    }
    std::sort(files.begin(), files.end(),
              [](const auto &one, const auto &other) { return one.path < other.path; });
    return files;
}

const SourceFile *find(const Files &files, std::string_view path) {
    for (const auto &file : files) {
        if (file.path == path) {
            return &file;
        }
    }
    return nullptr;
}

} // namespace tree
