/// Compression libraries: the same trials for each.
#pragma once

#include "tests/libraries/library.h"

/// Appends what is in the stream to the output. Returns the library's answer.
typedef long unpacker(const unsigned char *packed, size_t bytes, struct output *output);

/// Gives the packed input, what comes back from it, and what comes of damaged streams and of one
/// that is cut.
static inline void try_unpacker(struct output *output, const unsigned char *input, size_t bytes,
                                const unsigned char *packed, size_t packed_bytes,
                                unpacker *unpack) {
    put_number(output, "packed", (long)packed_bytes);
    put(output, packed, packed_bytes);
    const size_t before = output->used;
    const long answer = unpack(packed, packed_bytes, output);
    assert(output->used - before == bytes);
    assert(bytes == 0 || memcmp(output->bytes + before, input, bytes) == 0);
    put_number(output, "unpacked", answer);
    for (unsigned seed = 1; seed <= 4; ++seed) {
        unsigned char *damaged = copy_of(packed, packed_bytes);
        damage(damaged, packed_bytes, seed);
        put_number(output, "damaged", unpack(damaged, packed_bytes, output));
        free(damaged);
    }
    unsigned char *cut = copy_of(packed, packed_bytes / 2);
    put_number(output, "cut", unpack(cut, packed_bytes / 2, output));
    free(cut);
}
