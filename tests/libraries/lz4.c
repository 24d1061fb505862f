/// LZ4: a frame with checksums, read in pieces.
#include <lz4frame.h>

#include "tests/libraries/packed.h"

static long unpack(const unsigned char *packed, size_t bytes, struct output *output) {
    enum { piece_bytes = 4000 };
    LZ4F_dctx *context;
    assert(!LZ4F_isError(LZ4F_createDecompressionContext(&context, LZ4F_VERSION)));
    size_t at = 0, answer, given;
    do {
        size_t taken = bytes - at;
        given = piece_bytes;
        answer = LZ4F_decompress(context, reserve(output, piece_bytes), &given, packed + at, &taken,
                                 NULL);
        at += taken;
        output->used += LZ4F_isError(answer) ? 0 : given;
    } while (!LZ4F_isError(answer) && answer != 0 && (at < bytes || given == piece_bytes));
    if (LZ4F_isError(answer)) {
        put_text(output, LZ4F_getErrorName(answer));
    }
    LZ4F_freeDecompressionContext(context);
    return (long)answer;
}

static void run(const unsigned char *input, size_t bytes, struct output *output) {
    const LZ4F_preferences_t wishes = {
        .frameInfo = {.contentChecksumFlag = LZ4F_contentChecksumEnabled,
                      .blockChecksumFlag = LZ4F_blockChecksumEnabled}};
    const size_t room = LZ4F_compressFrameBound(bytes, &wishes);
    unsigned char *packed = malloc(room);
    const size_t packed_bytes = LZ4F_compressFrame(packed, room, input, bytes, &wishes);
    assert(!LZ4F_isError(packed_bytes));
    try_unpacker(output, input, bytes, packed, packed_bytes, unpack);
    free(packed);
}

LIBRARY(lz4, run)
