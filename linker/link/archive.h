/// A file that the linker is given: an object, or the members of a static library.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace linker::link {

struct Member {
    std::string name; // FILE, or FILE(MEMBER)
    std::string_view bytes;
};

/// The bytes of a file, and the objects in them. A member that is no 64-bit ELF object is left out.
class Archive {
public:
    /// Throws verify::Unreadable where the file is neither object nor archive, cut off, or an
    /// archive of another kind than GNU's, or one whose table of symbols leads past its members, to
    /// what is not looked at here. [ar(5)]
    explicit Archive(const std::string &file);
    Archive(const Archive &) = delete; // members lie in its bytes
    Archive &operator=(const Archive &) = delete;

    const std::vector<Member> &members() const { return members_; }
    /// The first member that is LLVM bitcode; empty where none is.
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
