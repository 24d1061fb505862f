/// The executable bytes of an image as the kernel maps them, and the encodings at any of their
/// offsets.
#pragma once

#include <optional>
#include <vector>

#include "linker/verify/encodings.h"
#include "linker/verify/image.h"

namespace linker::verify {

/// An encoding that was found: the address of its first byte after the prefixes, and the number of
/// bytes that identify it.
struct Match {
    uint64_t address;
    unsigned length;
    const Encoding *encoding;
};

/// Executable bytes with their addresses, without those that only a child of one domain executes
/// (own_texts.h). Adjacent segments are one run, so that an instruction
/// across a join is found. Addresses outside read as 0, which no encoding begins with or needs.
class Text {
public:
    /// Throws Unreadable if a segment is cut off.
    explicit Text(const Image &image);

    unsigned char at(uint64_t address) const;
    bool has(uint64_t address, const Bytes &code) const;
    /// Bytes in all runs.
    uint64_t size() const;
    /// All matches by address, of the class `last` and the classes before it.
    std::vector<Match> find(Class last) const;
    /// The encoding at one address: the first row that matches.
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
