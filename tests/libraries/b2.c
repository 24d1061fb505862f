/// BLAKE2: both hashes with a key, and one in pieces.
#include "tests/libraries/library.h"

#include <blake2.h>

static void run(const unsigned char *input, size_t bytes, struct output *output) {
    unsigned char hash[BLAKE2B_OUTBYTES];
    assert(blake2b(hash, input, "key", BLAKE2B_OUTBYTES, bytes, 3) == 0);
    put(output, hash, BLAKE2B_OUTBYTES);
    assert(blake2s(hash, input, "key", BLAKE2S_OUTBYTES, bytes, 3) == 0);
    put(output, hash, BLAKE2S_OUTBYTES);

    blake2b_state state;
    assert(blake2b_init(&state, 20) == 0);
    for (size_t at = 0, piece = 1; at < bytes; at += piece, ++piece) {
        assert(blake2b_update(&state, input + at, piece < bytes - at ? piece : bytes - at) == 0);
    }
    assert(blake2b_final(&state, hash, 20) == 0);
    put(output, hash, 20);
    put_number(output, "too long", blake2b(hash, input, NULL, 65, bytes, 0));
}

LIBRARY(b2, run)
