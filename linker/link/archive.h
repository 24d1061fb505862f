/// An input file of the linker: an object, or a static library with its members.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace linker::link {

struct Member {
    std::string name; // FILE, or FILE(MEMBER)
    std::string_view bytes;
};

/// The bytes of a file, and the objects in it. A member that is no 64-bit ELF object is left out.
class Archive {
public:
    /// Throws verify::Unreadable if the file is neither an object nor an archive, is cut off, or is
    /// not a GNU archive. Also if the archive's table of symbols refers to bytes after its members,
    /// which are not checked here. [ar(5)]
    explicit Archive(const std::string &file);
    Archive(const Archive &) = delete; // members point into its bytes
    Archive &operator=(const Archive &) = delete;

    const std::vector<Member> &members() const { return members_; }
    /// The first member that is LLVM bitcode; empty if none is.
    const std::string &bitcode() const { return bitcode_; }

private:
    void read(const std::string &file);

    std::string bytes_;
    std::vector<Member> members_;
    std::string bitcode_;
};

/// The name without its folder.
std::string file_name(const std::string &path);

/// All bytes of a file; throws verify::Unreadable.
std::string bytes_of(const std::string &file);

} // namespace linker::link
