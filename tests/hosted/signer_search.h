/// Looking for bytes in all memory of another process.
#pragma once

#include <bitset>
#include <cstdint>
#include <string>
#include <sys/types.h>
#include <unordered_set>
#include <vector>

namespace hosted {

/// Groups of eight bytes to be found.
class Needles {
public:
    /// Every eight bytes in a row of `bytes`.
    static Needles plain(const std::string &bytes);

    /// Those of the key, also as HMAC pads them (each byte with 0x36 or 0x5c added bit by bit) and
    /// as SHA-256 loads them (each four bytes in reverse).
    static Needles of_key(const std::string &key);

    /// The offsets at which one begins.
    std::vector<std::size_t> find_in(const char *bytes, std::size_t count) const;

private:
    void add(const char *eight);

    std::unordered_set<std::uint64_t> words_;
    std::bitset<65536> beginnings_; // the first two bytes of each
};

struct Search {
    std::vector<std::uint64_t> found; // addresses
    std::vector<std::string>
        unreadable; // mappings that could not be read, but for the kernel's own
    std::size_t mappings = 0;
    std::size_t bytes = 0;
};

/// Searches every mapping of a process that is stopped.
Search search_process(pid_t pid, const Needles &needles);

} // namespace hosted
