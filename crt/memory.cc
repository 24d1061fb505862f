/// crt's memcpy, memmove, memset, memcmp, bcmp: eight bytes at a time, string instructions, no
/// vector register.
#include "crt/memory.h"

#include <stdint.h>

namespace {

/// Eight bytes of any type, at any address.
using Eight [[gnu::may_alias, gnu::aligned(1)]] = uint64_t;

constexpr size_t step = sizeof(Eight);

/// Below so many bytes a loop is done before `rep movsb` and `rep stosb` have begun.
constexpr size_t short_string = 64;

/// Keeps a loop from becoming a call of the function that it is in.
void stay_a_loop() {
    asm volatile("" : : : "memory");
}

Eight &eight_at(unsigned char *bytes) {
    return *reinterpret_cast<Eight *>(bytes);
}
const Eight &eight_at(const unsigned char *bytes) {
    return *reinterpret_cast<const Eight *>(bytes);
}

/// From the first byte to the last: right unless `to` begins within what is still to be read.
void copy_upwards(unsigned char *to, const unsigned char *from, size_t bytes) {
    if (bytes >= short_string) {
        asm volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(bytes) : : "memory");
        return;
    }
    for (; bytes >= step; bytes -= step, to += step, from += step) {
        eight_at(to) = eight_at(from);
        stay_a_loop();
    }
    while (bytes-- != 0) {
        *to++ = *from++;
        stay_a_loop();
    }
}

/// From the last byte to the first.
void copy_downwards(unsigned char *to, const unsigned char *from, size_t bytes) {
    while (bytes >= step) {
        bytes -= step;
        eight_at(to + bytes) = eight_at(from + bytes);
        stay_a_loop();
    }
    while (bytes-- != 0) {
        to[bytes] = from[bytes];
        stay_a_loop();
    }
}

} // namespace

extern "C" {

void *crt_memcpy(void *__restrict to, const void *__restrict from, size_t bytes) {
    copy_upwards(static_cast<unsigned char *>(to), static_cast<const unsigned char *>(from), bytes);
    return to;
}

void *crt_memmove(void *to, const void *from, size_t bytes) {
    auto *destination = static_cast<unsigned char *>(to);
    const auto *source = static_cast<const unsigned char *>(from);
    // Wraps to a large distance when `to` is below `from`: upwards is right then, too.
    if (reinterpret_cast<uintptr_t>(to) - reinterpret_cast<uintptr_t>(from) >= bytes) {
        copy_upwards(destination, source, bytes);
    } else {
        copy_downwards(destination, source, bytes);
    }
    return to;
}

void *crt_memset(void *to, int value, size_t bytes) {
    auto *destination = static_cast<unsigned char *>(to);
    if (bytes >= short_string) {
        asm volatile("rep stosb" : "+D"(destination), "+c"(bytes) : "a"(value) : "memory");
        return to;
    }
    const uint64_t eight = static_cast<unsigned char>(value) * 0x0101010101010101;
    for (; bytes >= step; bytes -= step, destination += step) {
        eight_at(destination) = eight;
        stay_a_loop();
    }
    while (bytes-- != 0) {
        *destination++ = static_cast<unsigned char>(value);
        stay_a_loop();
    }
    return to;
}

int crt_memcmp(const void *left, const void *right, size_t bytes) {
    const auto *a = static_cast<const unsigned char *>(left);
    const auto *b = static_cast<const unsigned char *>(right);
    while (bytes >= step && eight_at(a) == eight_at(b)) {
        a += step;
        b += step;
        bytes -= step;
    }
    for (size_t i = 0; i < bytes; ++i) {
        if (a[i] != b[i]) {
            return a[i] < b[i] ? -1 : 1;
        }
    }
    return 0;
}

// Compilers call this in place of memcmp where only equality is asked for.
int crt_bcmp(const void *left, const void *right, size_t bytes) {
    return crt_memcmp(left, right, bytes);
}

} // extern "C"
