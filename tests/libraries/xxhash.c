/// xxHash: each of its four hashes, of the whole and of each short beginning.
#include "tests/libraries/library.h"

#include <xxhash.h>

static void run(const unsigned char *input, size_t bytes, struct output *output) {
    for (size_t count = 0; count < bytes && count < 300; ++count) {
        const XXH64_hash_t short_hash = XXH3_64bits(input, count);
        put(output, &short_hash, sizeof short_hash);
    }
    const XXH32_hash_t hash_32 = XXH32(input, bytes, 1);
    const XXH64_hash_t hash_64 = XXH64(input, bytes, 2);
    const XXH128_hash_t hash_128 = XXH3_128bits(input, bytes);
    put(output, &hash_32, sizeof hash_32);
    put(output, &hash_64, sizeof hash_64);
    put(output, &hash_128, sizeof hash_128);
    XXH3_state_t *state = XXH3_createState();
    assert(state != NULL && XXH3_64bits_reset(state) == XXH_OK);
    for (size_t at = 0, piece = 1; at < bytes; at += piece, ++piece) {
        XXH3_64bits_update(state, input + at, piece < bytes - at ? piece : bytes - at);
    }
    assert(XXH3_64bits_digest(state) == XXH3_64bits(input, bytes));
    XXH3_freeState(state);
}

LIBRARY(xxhash, run)
