/// The files of the repository as git sees them, in memory.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tree {

/// One file; `path` is relative to the root, `lines` is empty for a binary file.
struct SourceFile {
    std::string path;
    std::vector<std::string> lines;

    bool under(std::string_view folder) const { return path.starts_with(folder); }
    /// The name's end with its dot, or nothing.
    std::string_view extension() const;
};

using Files = std::vector<SourceFile>;

/// Why a tool cannot work at all; thrown, and caught in `run`.
struct Stop {
    int exit_status;
    std::string message;
};

constexpr int wrong_use = 2;
constexpr int skipped = 77;

/// All files that git tracks or would track (so no build trees), sorted by path. Throws Stop:
/// skipped where `root` is no checkout, wrong_use where git fails or lists nothing.
Files read_repository(const std::string &root);

/// One file on disk, known as `path` from then on. Throws Stop where it cannot be read.
SourceFile read_file(const std::string &file, const std::string &path);

/// The file of that path, or null.
const SourceFile *find(const Files &files, std::string_view path);

} // namespace tree
