/// What the parser hands to the app, as both sides see it.
#pragma once

#include <stddef.h>
#include <stdint.h>

namespace signer {

/// The kernel takes paths of up to 4096 bytes with their null. [linux limits.h PATH_MAX]
inline constexpr size_t longest_path = 4095;

/// Room for the longest request, `verify HEX PATH`, and for some nonsense.
inline constexpr size_t longest_line = longest_path + 257;

enum class Verb : uint64_t { sign = 1, verify, list };

/// Lies in the parser's memory. Nothing of it is to be believed: an attacker may have written it.
struct Request {
    uint8_t digest[32]; // of `verify`
    uint64_t path;      // address of the first byte of a string in the parser's memory
    uint64_t verb;
};

/// What the parser says of a line: 0, or the number of a reason in app.cc.
enum class Verdict : uint64_t {
    request,
    unknown_verb,
    no_path,
    long_path,
    bad_digest,
    control_byte
};

/// Control bytes have no place in a path: a line feed in an answer would forge the next answer.
constexpr bool is_control(char byte) {
    return static_cast<unsigned char>(byte) < ' ' || byte == '\x7f';
}

} // namespace signer
