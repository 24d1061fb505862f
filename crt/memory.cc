/// memcpy, memmove, memset, memcmp, bcmp, by string instructions: no vector register, no table.
#include "crt/memory.h"

#include <stdint.h>

extern "C" {

void *memcpy(void *__restrict to, const void *__restrict from, size_t bytes) {
    void *destination = to;
    asm volatile("rep movsb" : "+D"(destination), "+S"(from), "+c"(bytes) : : "memory");
    return to;
}

void *memmove(void *to, const void *from, size_t bytes) {
    auto *destination = static_cast<unsigned char *>(to);
    const auto *source = static_cast<const unsigned char *>(from);
    // Wraps to a huge distance when `to` is below `from`: forwards is right then, too.
    if (reinterpret_cast<uintptr_t>(to) - reinterpret_cast<uintptr_t>(from) >= bytes) {
        return memcpy(to, from, bytes);
    }
    while (bytes-- != 0) {
        destination[bytes] = source[bytes];
        asm volatile("" : : : "memory"); // keeps the loop from becoming a call of memmove
    }
    return to;
}

void *memset(void *to, int value, size_t bytes) {
    void *destination = to;
    asm volatile("rep stosb" : "+D"(destination), "+c"(bytes) : "a"(value) : "memory");
    return to;
}

int memcmp(const void *left, const void *right, size_t bytes) {
    const auto *a = static_cast<const unsigned char *>(left);
    const auto *b = static_cast<const unsigned char *>(right);
    for (size_t i = 0; i < bytes; ++i) {
        if (a[i] != b[i]) {
            return a[i] < b[i] ? -1 : 1;
        }
    }
    return 0;
}

// Compilers call this in place of memcmp where only equality is asked for.
int bcmp(const void *left, const void *right, size_t bytes) {
    return memcmp(left, right, bytes);
}

} // extern "C"
