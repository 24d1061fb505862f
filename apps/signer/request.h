/// The result of the parser for the app, as both sides declare it.
#pragma once

#include <stddef.h>
#include <stdint.h>

namespace signer {

/// The kernel takes paths of up to 4096 bytes with their null. [linux limits.h PATH_MAX]
inline constexpr size_t longest_path = 4095;

/// Room for the longest request, `verify HEX PATH`, and some more.
inline constexpr size_t longest_line = longest_path + 257;

enum class Verb : uint64_t { sign = 1, verify, list };

/// It is in the parser's memory. Do not trust any of it: an attacker may have written it.
struct Request {
    uint8_t digest[32]; // of `verify`
    uint64_t path;      // address of the first byte of a string in the parser's memory
    uint64_t verb;
};

/// The answer of the parser to a line: 0, or the number of a reason in checked_request.cc.
enum class Verdict : uint64_t {
    request,
    unknown_verb,
    no_path,
    long_path,
    bad_digest,
    control_byte
};

/// Control bytes are refused in a path: a line feed in an answer would forge the next answer.
constexpr bool is_control(char byte) {
    return static_cast<unsigned char>(byte) < ' ' || byte == '\x7f';
}

} // namespace signer
