/// Copies, fills and moves that no line calls by name: structs, arrays, loops.
#include <stddef.h>
#include <stdint.h>

struct Small {
    uint64_t words[3];
};
struct Large {
    uint64_t words[300];
    unsigned char bytes[77];
};

Large large_of(const Large &from) {
    return from;
}

void assign(Large &to, const Large &from) {
    to = from;
}

void assign_volatile(volatile Small *to, const Small *from) {
    for (size_t i = 0; i < 3; ++i) {
        to->words[i] = from->words[i];
    }
}

Large of_zeros() {
    return {};
}

Large of_ones() {
    Large large;
    for (auto &word : large.words) {
        word = ~uint64_t{0};
    }
    for (auto &byte : large.bytes) {
        byte = 0xff;
    }
    return large;
}

uint64_t by_value(Large large, size_t i) {
    large.words[i] += 1;
    return large.words[0] + large.bytes[i];
}

uint64_t passes_by_value(const Large &large) {
    return by_value(large, 5);
}

void copy_bytes(unsigned char *__restrict to, const unsigned char *__restrict from, size_t count) {
    for (size_t i = 0; i < count; ++i) {
        to[i] = from[i];
    }
}

void move_bytes(unsigned char *to, const unsigned char *from, size_t count) {
    if (to < from) {
        for (size_t i = 0; i < count; ++i) {
            to[i] = from[i];
        }
    } else {
        while (count-- != 0) {
            to[count] = from[count];
        }
    }
}

void shift_down(uint32_t *words, size_t count) {
    for (size_t i = 0; i + 1 < count; ++i) {
        words[i] = words[i + 1];
    }
}

void fill_bytes(unsigned char *to, unsigned char value, size_t count) {
    while (count-- != 0) {
        *to++ = value;
    }
}

void fill_pattern(uint32_t *to, size_t count) {
    for (size_t i = 0; i < count; ++i) {
        to[i] = 0x01020304;
    }
}

void clear_matrix(uint64_t (&rows)[16][16]) {
    for (auto &row : rows) {
        for (auto &word : row) {
            word = 0;
        }
    }
}

void exchange(Large &left, Large &right) {
    const Large kept = left;
    left = right;
    right = kept;
}

void named(void *to, const void *from, size_t count) {
    __builtin_memcpy(to, from, count);
    __builtin_memmove(to, from, count);
    __builtin_memset(to, 7, count);
}

void inline_forms(void *to, const void *from) {
    __builtin_memcpy_inline(to, from, 64);
    __builtin_memcpy(to, from, 4096);
    __builtin_memset(to, 0, 4096);
}

const char *choose(size_t i) {
    const char *const names[] = {"zero", "one", "two", "three", "four", "five", "six", "seven"};
    return names[i & 7];
}
