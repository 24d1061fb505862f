/// What an object, or the members of a static library, define.
#pragma once

#include <string>
#include <vector>

namespace linker::verify {

/// A name that other objects can refer to.
struct Definition {
    std::string name;
    bool is_weak;     // an inline function, for example: the linker keeps one of many
    bool is_anywhere; // its address does not say whose it is
};

/// By the symbol tables of an object, or of an archive's members that are 64-bit ELF objects; other
/// members define nothing. Throws Unreadable where the file is neither, or cut off. [ar(5), gabi 4]
std::vector<Definition> definitions_of(const std::string &file);

} // namespace linker::verify
