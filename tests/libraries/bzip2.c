/// bzip2: its whole buffers, and its stream with functions of the caller's for memory.
#define BZ_NO_STDIO
#include <bzlib.h>

#include "tests/libraries/packed.h"

static int allocated; // by the functions below, and not given back

static void *allocate(void *unused, int count, int bytes) {
    (void)unused;
    ++allocated;
    return malloc((size_t)count * (size_t)bytes);
}

static void give_back(void *unused, void *bytes) {
    (void)unused;
    allocated -= bytes != NULL;
    free(bytes);
}

static long unpack(const unsigned char *packed, size_t bytes, struct output *output) {
    enum { piece_bytes = 3000 };
    bz_stream stream = {.bzalloc = allocate, .bzfree = give_back};
    assert(BZ2_bzDecompressInit(&stream, 0, 0) == BZ_OK);
    stream.next_in = (char *)packed;
    stream.avail_in = (unsigned)bytes;
    int answer;
    do {
        stream.next_out = (char *)reserve(output, piece_bytes);
        stream.avail_out = piece_bytes;
        answer = BZ2_bzDecompress(&stream);
        output->used += piece_bytes - stream.avail_out;
    } while (answer == BZ_OK && (stream.avail_in != 0 || stream.avail_out == 0));
    BZ2_bzDecompressEnd(&stream);
    assert(allocated == 0);
    return answer;
}

static void run(const unsigned char *input, size_t bytes, struct output *output) {
    unsigned packed_bytes = (unsigned)(bytes + bytes / 100 + 600);
    unsigned char *packed = malloc(packed_bytes);
    assert(BZ2_bzBuffToBuffCompress((char *)packed, &packed_bytes, (char *)input, (unsigned)bytes,
                                    1, 0, 30) == BZ_OK);
    try_unpacker(output, input, bytes, packed, packed_bytes, unpack);
    free(packed);
}

LIBRARY(bzip2, run)

/// What the library calls when it finds itself wrong. [bzip2 BZ_NO_STDIO]
void bz_internal_error(int code) {
    (void)code;
    abort();
}
