/// The bytes of a patched site: a pure function of its row.
#pragma once

#include <stdint.h>

namespace rt::patch {

/// The longest NOP that is recommended.
inline constexpr unsigned longest_nop = 9;

/// The recommended NOP of each length, from 1. [sdm-2 NOP, table 4-12]
inline constexpr uint8_t nops[longest_nop][longest_nop] = {
    {0x90},
    {0x66, 0x90},
    {0x0f, 0x1f, 0x00},
    {0x0f, 0x1f, 0x40, 0x00},
    {0x0f, 0x1f, 0x44, 0x00, 0x00},
    {0x66, 0x0f, 0x1f, 0x44, 0x00, 0x00},
    {0x0f, 0x1f, 0x80, 0x00, 0x00, 0x00, 0x00},
    {0x0f, 0x1f, 0x84, 0x00, 0x00, 0x00, 0x00, 0x00},
    {0x66, 0x0f, 0x1f, 0x84, 0x00, 0x00, 0x00, 0x00, 0x00},
};

/// Writes `length` bytes: the `count` bytes of `replacement`, then as few NOPs as it takes. A count
/// above the length writes as many as fit: the linker's input is checked by tests, not here.
constexpr void fill(uint8_t *to, unsigned length, const uint8_t *replacement, unsigned count) {
    unsigned done = 0;
    for (; done < count && done < length; ++done) {
        to[done] = replacement[done];
    }
    while (done < length) {
        const unsigned left = length - done;
        const unsigned bytes = left < longest_nop ? left : longest_nop;
        for (unsigned i = 0; i < bytes; ++i) {
            to[done++] = nops[bytes - 1][i];
        }
    }
}

} // namespace rt::patch
