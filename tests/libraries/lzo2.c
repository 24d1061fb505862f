/// LZO: its fast and its thorough compressor.
#include <lzo/lzo1x.h>

#include "tests/libraries/packed.h"

static size_t plain_bytes; // as a container would tell

static long unpack(const unsigned char *packed, size_t bytes, struct output *output) {
    lzo_uint given = plain_bytes;
    const int answer =
        lzo1x_decompress_safe(packed, bytes, reserve(output, plain_bytes + 1), &given, NULL);
    output->used += answer == LZO_E_OK ? given : 0;
    return answer;
}

static void run(const unsigned char *input, size_t bytes, struct output *output) {
    assert(lzo_init() == LZO_E_OK);
    plain_bytes = bytes;
    unsigned char *packed = malloc(bytes + bytes / 16 + 67);
    unsigned char *scratch = malloc(LZO1X_999_MEM_COMPRESS);
    lzo_uint packed_bytes = 0;
    assert(lzo1x_1_compress(input, bytes, packed, &packed_bytes, scratch) == LZO_E_OK);
    try_unpacker(output, input, bytes, packed, packed_bytes, unpack);
    assert(lzo1x_999_compress(input, bytes, packed, &packed_bytes, scratch) == LZO_E_OK);
    try_unpacker(output, input, bytes, packed, packed_bytes, unpack);
    put_number(output, "adler32", lzo_adler32(1, input, bytes));
    free(scratch);
    free(packed);
}

LIBRARY(lzo2, run)
