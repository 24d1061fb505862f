/// zstd: frames of two levels with checksums, read as streams.
#include <zstd.h>

#include "tests/libraries/packed.h"

static long unpack(const unsigned char *packed, size_t bytes, struct output *output) {
    enum { piece_bytes = 5000 };
    ZSTD_DStream *stream = ZSTD_createDStream();
    assert(stream != NULL);
    ZSTD_inBuffer from = {packed, bytes, 0};
    size_t answer = 1, given;
    do {
        ZSTD_outBuffer to = {reserve(output, piece_bytes), piece_bytes, 0};
        answer = ZSTD_decompressStream(stream, &to, &from);
        given = to.pos;
        output->used += given;
    } while (!ZSTD_isError(answer) && answer != 0 && (from.pos < bytes || given == piece_bytes));
    if (ZSTD_isError(answer)) {
        put_text(output, ZSTD_getErrorName(answer));
    }
    ZSTD_freeDStream(stream);
    return (long)answer;
}

static void run(const unsigned char *input, size_t bytes, struct output *output) {
    const size_t room = ZSTD_compressBound(bytes);
    unsigned char *packed = malloc(room);
    ZSTD_CCtx *context = ZSTD_createCCtx();
    assert(context != NULL && packed != NULL);
    for (int level = 1; level <= 9; level += 8) {
        assert(!ZSTD_isError(ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level)));
        assert(!ZSTD_isError(ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)));
        const size_t packed_bytes = ZSTD_compress2(context, packed, room, input, bytes);
        assert(!ZSTD_isError(packed_bytes));
        try_unpacker(output, input, bytes, packed, packed_bytes, unpack);
    }
    ZSTD_freeCCtx(context);
    free(packed);
}

LIBRARY(zstd, run)
