/// What each library is given, and how its output is told: by both programs, the one with domains
/// and the native one.
#pragma once

#include <stddef.h>
#include <stdint.h>

namespace trials {

/// More of a file is not read.
inline constexpr size_t most_bytes = 1 << 20;

/// A beginning of the library's file. `again` shows what the first trial left in the library.
struct Trial {
    const char *name;
    uint64_t part; // of the file, in halves

    constexpr uint64_t bytes_of(uint64_t all) const { return all * part / 2; }
};

inline constexpr Trial all[] = {{"whole", 2}, {"again", 2}, {"half", 1}, {"empty", 0}};

/// FNV-1a of 64 bits. [rfc9923]
class Digest {
public:
    void add(const unsigned char *bytes, size_t count) {
        for (size_t at = 0; at < count; ++at) {
            value_ = (value_ ^ bytes[at]) * 0x100000001b3;
        }
    }
    uint64_t value() const { return value_; }

private:
    uint64_t value_ = 0xcbf29ce484222325;
};

/// Gives the 16 digits of a digest to `put`.
template <class Put>
void put_hex(uint64_t value, const Put &put) {
    for (int shift = 60; shift >= 0; shift -= 4) {
        put("0123456789abcdef"[value >> shift & 15]);
    }
}

} // namespace trials
