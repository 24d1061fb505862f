/// The executable bytes of an image as the kernel maps them, and what is encoded at any of their
/// offsets.
#pragma once

#include <optional>
#include <vector>

#include "linker/verify/encodings.h"
#include "linker/verify/image.h"

namespace linker::verify {

/// An encoding found: the address of its first byte (prefixes left out), and how many bytes it is
/// known by.
struct Match {
    uint64_t address;
    unsigned length;
    const Encoding *encoding;
};

/// Executable bytes with their addresses; segments that touch are one run, so that nothing hides at
/// a join. Addresses outside have 0, which none of the encodings begins with or needs.
class Text {
public:
    /// Throws Unreadable where a segment is cut off.
    explicit Text(const Image &image);

    unsigned char at(uint64_t address) const;
    bool has(uint64_t address, const Bytes &code) const;
    /// Bytes in all runs.
    uint64_t size() const;
    /// All matches, in the order of addresses, of the classes up to `last` in their order.
    std::vector<Match> find(Class last) const;
    /// What is encoded at one address, by the first row that fits.
    std::optional<Match> encoded_at(uint64_t address) const;

private:
    struct Run {
        uint64_t begin;
        Bytes bytes;
    };
    static std::optional<Match> match(const Run &run, std::size_t at, Class last);

    std::vector<Run> runs_; // by address
};

} // namespace linker::verify
