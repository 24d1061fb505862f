/// The codec: zlib as the distribution has it, and these lines. zlib's state is in the codec's heap.
#include "codec.h"

#define Z_SOLO /* leaves out zlib's functions on files, and with them the headers of a whole libc */
#include <zlib.h>

unsigned char codec_in[CODEC_IN_BYTES];
unsigned char codec_out[CODEC_OUT_BYTES];

static z_stream stream;
static enum { at_begin, within, after } place; /* of the input, in its streams */
static int is_first = 1;

void codec_feed(uint64_t bytes) {
    stream.next_in = codec_in;
    stream.avail_in = bytes <= sizeof codec_in ? (unsigned)bytes : 0;
}

/* Zeros after a stream pad it to a block of a tape. */
static void skip_zeros(void) {
    while (stream.avail_in > 0 && *stream.next_in == 0) {
        ++stream.next_in;
        --stream.avail_in;
    }
}

/* The headers of zlib and of gzip are told apart by zlib itself. */
static int begin_stream(void) {
    const int largest_window = 15, either_header = 32;
    is_first = place == at_begin;
    place = within;
    return is_first ? inflateInit2(&stream, largest_window + either_header) : inflateReset(&stream);
}

static uint32_t state_of_error(int result) {
    if (result == Z_MEM_ERROR) {
        return codec_has_no_memory;
    }
    return !is_first && stream.total_out == 0 ? codec_sees_garbage : codec_is_damaged;
}

/* Goes on as far as input and room for output allow. */
static uint32_t go_on(void) {
    for (;;) {
        if (place == after) {
            skip_zeros();
        }
        if (stream.avail_out == 0) {
            return codec_has_more;
        }
        if (stream.avail_in == 0 && place != within) {
            return place == after ? codec_is_between : codec_wants_input;
        }
        int result = place == within ? Z_OK : begin_stream();
        if (result == Z_OK) {
            result = inflate(&stream, Z_NO_FLUSH);
        }
        if (result == Z_STREAM_END) {
            place = after;
        } else if (result == Z_BUF_ERROR || (result == Z_OK && stream.avail_in == 0)) {
            return stream.avail_out == 0 ? codec_has_more : codec_wants_input;
        } else if (result != Z_OK) {
            return state_of_error(result);
        }
    }
}

struct CodecStep codec_step(void) {
    stream.next_out = codec_out;
    stream.avail_out = sizeof codec_out;
    struct CodecStep step;
    step.state = go_on();
    step.bytes = (uint32_t)(sizeof codec_out - stream.avail_out);
    return step;
}
