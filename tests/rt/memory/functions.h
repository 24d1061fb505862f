/// The two sets of memory functions, and memory between guards to try them in.
#pragma once

#include <stdint.h>

#include "crt/memory.h"
#include "rt/memory/memory.h"

namespace memory {

/// One set: that of domains and the app (rt/memory), and the runtime's own (crt/memory.cc).
struct Functions {
    const char *name;
    void *(*copy)(void *__restrict, const void *__restrict, size_t);
    void *(*move)(void *, const void *, size_t);
    void *(*set)(void *, int, size_t);
    int (*compare)(const void *, const void *, size_t);
    int (*equal)(const void *, const void *, size_t);
};

inline constexpr Functions sets[] = {
    {"rt/memory", memcpy, memmove, memset, memcmp, bcmp},
    {"crt/memory.cc", crt_memcpy, crt_memmove, crt_memset, crt_memcmp, crt_bcmp},
};

/// Whole pages with an inaccessible page on both sides.
struct Arena {
    unsigned char *begin;
    unsigned char *end;
};

/// Room for the longest move over its own place.
inline constexpr size_t longest = 64 * 1024;
inline constexpr size_t arena_bytes = longest + 8 * 1024;

/// Two of them, mapped by the first call.
const Arena &first_arena();
const Arena &second_arena();

/// What each byte holds before a call; neighbours differ, and so do bytes that are a vector, a
/// cache line or a page apart.
inline unsigned char pattern(uintptr_t address) {
    return static_cast<unsigned char>(address * 37 + address / 64 * 11 + address / 4096 * 5 + 3);
}

/// Moves `bytes` from `from` to `to`, which are in arenas, and says whether every byte up to 64
/// before and after both places is as it must be, the answer is `to`, and the direction flag is
/// clear.
bool moves(void *(*move)(void *, const void *, size_t), unsigned char *to,
           const unsigned char *from, size_t bytes);

/// The same for a fill.
bool sets_all(void *(*set)(void *, int, size_t), unsigned char *to, int value, size_t bytes);

/// Sizes around each width and each limit of the functions.
inline constexpr size_t sizes[] = {
    0,   1,   2,   3,   4,   5,   7,   8,   9,   15,  16,  17,  24,  31,  32,  33,  47,  48,
    63,  64,  65,  95,  96,  97,  127, 128, 129, 130, 159, 160, 161, 191, 192, 193, 255, 256,
    257, 258, 287, 300, 320, 383, 384, 385, 511, 512, 513, 514, 575, 576, 640, 767, 769, 1025};

/// How far an address is from one that suits every register.
inline constexpr size_t offsets[] = {0, 1, 7, 8, 15, 16, 17, 31, 32, 33, 63};

} // namespace memory
