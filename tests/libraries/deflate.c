/// libdeflate: gzip of two levels.
#include <libdeflate.h>

#include "tests/libraries/packed.h"

static size_t plain_bytes; // as a container would tell

static long unpack(const unsigned char *packed, size_t bytes, struct output *output) {
    struct libdeflate_decompressor *from = libdeflate_alloc_decompressor();
    assert(from != NULL);
    size_t given = 0;
    const enum libdeflate_result answer = libdeflate_gzip_decompress(
        from, packed, bytes, reserve(output, plain_bytes + 1), plain_bytes, &given);
    output->used += answer == LIBDEFLATE_SUCCESS ? given : 0;
    libdeflate_free_decompressor(from);
    return answer;
}

static void run(const unsigned char *input, size_t bytes, struct output *output) {
    plain_bytes = bytes;
    for (int level = 1; level <= 9; level += 8) {
        struct libdeflate_compressor *to = libdeflate_alloc_compressor(level);
        assert(to != NULL);
        const size_t room = libdeflate_gzip_compress_bound(to, bytes);
        unsigned char *packed = malloc(room);
        const size_t packed_bytes = libdeflate_gzip_compress(to, input, bytes, packed, room);
        assert(packed_bytes != 0);
        try_unpacker(output, input, bytes, packed, packed_bytes, unpack);
        free(packed);
        libdeflate_free_compressor(to);
    }
}

LIBRARY(deflate, run)
