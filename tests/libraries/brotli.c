/// Brotli: two qualities, read as streams.
#include <brotli/decode.h>
#include <brotli/encode.h>

#include "tests/libraries/packed.h"

static long unpack(const unsigned char *packed, size_t bytes, struct output *output) {
    enum { piece_bytes = 4000 };
    BrotliDecoderState *state = BrotliDecoderCreateInstance(NULL, NULL, NULL);
    assert(state != NULL);
    BrotliDecoderResult answer;
    do {
        unsigned char *to = reserve(output, piece_bytes);
        size_t room = piece_bytes;
        answer = BrotliDecoderDecompressStream(state, &bytes, &packed, &room, &to, NULL);
        output->used += piece_bytes - room;
    } while (answer == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT);
    if (answer == BROTLI_DECODER_RESULT_ERROR) {
        put_text(output, BrotliDecoderErrorString(BrotliDecoderGetErrorCode(state)));
    }
    BrotliDecoderDestroyInstance(state);
    return answer;
}

static void run(const unsigned char *input, size_t bytes, struct output *output) {
    for (int quality = 2; quality <= 5; quality += 3) {
        size_t packed_bytes = BrotliEncoderMaxCompressedSize(bytes);
        unsigned char *packed = malloc(packed_bytes);
        assert(BrotliEncoderCompress(quality, 18, BROTLI_MODE_TEXT, bytes, input, &packed_bytes,
                                     packed));
        try_unpacker(output, input, bytes, packed, packed_bytes, unpack);
        free(packed);
    }
}

LIBRARY(brotli, run)

/// The encoder estimates sizes by this. Domains have no functions of floating point; here the
/// logarithm comes from the exponent and from a series of the mantissa's.
double log2(double number) {
    union {
        double number;
        uint64_t bits;
    } parts = {number};
    const int exponent = (int)(parts.bits >> 52) - 1023;
    parts.bits = (parts.bits & ((1ul << 52) - 1)) | 1023ul << 52;
    const double ratio = (parts.number - 1) / (parts.number + 1); // ln m = 2 artanh ratio
    double power = ratio, sum = 0;
    for (int odd = 1; odd < 30; odd += 2, power *= ratio * ratio) {
        sum += power / odd;
    }
    return exponent + sum * 2 * 1.4426950408889634;
}
