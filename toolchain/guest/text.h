/// Comparing and reading null-terminated text.
#pragma once

#include <stdint.h>

namespace guest {

inline bool same(const char *one, const char *other) {
    while (*one != '\0' && *one == *other) {
        ++one;
        ++other;
    }
    return *one == *other;
}

/// A decimal number at the beginning of `text`; 0 without one.
inline uint64_t to_number(const char *text) {
    uint64_t value = 0;
    for (; *text >= '0' && *text <= '9'; ++text) {
        value = value * 10 + static_cast<uint64_t>(*text - '0');
    }
    return value;
}

} // namespace guest
