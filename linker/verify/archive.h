/// The names that an object, or the members of a static library, define and refer to.
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

/// A name that an object wants somebody to define.
struct Reference {
    std::string name;
    bool is_weak; // it does without, if nobody does
};

struct Names {
    std::vector<Definition> definitions;
    std::vector<Reference> references;
};

/// By the symbol table of an object, or of an archive's members that are 64-bit ELF objects; other
/// members have none. Throws Unreadable where the file is neither, or cut off, or where the linker
/// might read it otherwise: its map, too, tells whose a byte is by names. [ar(5), gabi 4]
Names names_of(const std::string &file);

} // namespace linker::verify
