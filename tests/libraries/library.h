/// One library of the distribution: what its glue defines. The same source is compiled for a domain
/// and, as the yardstick, for this machine.
#pragma once

#undef NDEBUG
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/// What the library gave, in the order in which it came.
struct output {
    unsigned char *bytes;
    size_t used, room;
};

/// Room for that many more bytes, whose beginning the caller fills.
static inline unsigned char *reserve(struct output *output, size_t bytes) {
    if (output->room - output->used < bytes) {
        output->room = (output->used + bytes) * 2;
        output->bytes = realloc(output->bytes, output->room);
        assert(output->bytes != NULL);
    }
    return output->bytes + output->used;
}

static inline void put(struct output *output, const void *bytes, size_t count) {
    if (count != 0) {
        memcpy(reserve(output, count), bytes, count);
        output->used += count;
    }
}

static inline void put_text(struct output *output, const char *text) {
    put(output, text, strlen(text));
}

/// A line: what it is, and the number.
static inline void put_number(struct output *output, const char *what, long number) {
    char line[80];
    snprintf(line, sizeof line, "%s %ld\n", what, number);
    put_text(output, line);
}

/// A copy with room for a zero, which follows the bytes.
static inline unsigned char *copy_of(const void *bytes, size_t count) {
    unsigned char *copy = malloc(count + 1);
    assert(copy != NULL);
    if (count != 0) {
        memcpy(copy, bytes, count);
    }
    copy[count] = 0;
    return copy;
}

/// Damage number `seed`: some bytes are others.
static inline void damage(unsigned char *bytes, size_t count, unsigned seed) {
    for (unsigned i = 0; i < 3 && count != 0; ++i) {
        seed = seed * 1103515245 + 12345;
        bytes[(seed >> 8) % count] ^= (unsigned char)(1u << (seed >> 28 & 7));
    }
}

/// Defines what the program calls, by `run`: a function of the glue that gives the input to the
/// library, and checks by assertions what must hold.
#define LIBRARY(name, run)                                                                         \
    static unsigned char *name##_bytes;                                                            \
    static struct output name##_results;                                                           \
    uint64_t name##_input(uint64_t bytes);                                                         \
    uint64_t name##_run(uint64_t bytes);                                                           \
    uint64_t name##_output(void);                                                                  \
    /* Room for an input of that size: its address. */                                             \
    uint64_t name##_input(uint64_t bytes) {                                                        \
        free(name##_bytes);                                                                        \
        name##_bytes = malloc(bytes + 1);                                                          \
        return (uint64_t)name##_bytes;                                                             \
    }                                                                                              \
    /* Runs the library on the input's first bytes; the size of the output. */                     \
    uint64_t name##_run(uint64_t bytes) {                                                          \
        name##_results.used = 0;                                                                   \
        run(name##_bytes, bytes, &name##_results);                                                 \
        return name##_results.used;                                                                \
    }                                                                                              \
    /* The address of the output. */                                                               \
    uint64_t name##_output(void) {                                                                 \
        return (uint64_t)name##_results.bytes;                                                     \
    }
