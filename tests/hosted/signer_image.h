/// An attacker's knowledge of a signer image: its symbols, which no address randomisation moves.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace hosted {

/// A range of addresses, the end excluded.
struct Range {
    std::uint64_t begin;
    std::uint64_t end;
    bool contains(std::uint64_t address) const { return address >= begin && address < end; }
};

class Image {
public:
    /// Reads the file; ends the program with a line when it is no image with symbols.
    explicit Image(const std::string &path);

    const std::string &path() const { return path_; }

    /// The address of a symbol by its linker name; ends the program when there is none.
    std::uint64_t symbol(const std::string &name) const;

    /// From __NAME_start to __NAME_end.
    Range range(const std::string &name) const;

    /// The address of `text` in the constants that every domain may read; 0 if it is not there.
    std::uint64_t constant(const std::string &text) const;

private:
    std::string path_;
    std::vector<char> bytes_;
};

/// The eight bytes of an address as 16 hexadecimal digits, in the order in which memory holds them.
std::string as_digits(std::uint64_t number);

} // namespace hosted
