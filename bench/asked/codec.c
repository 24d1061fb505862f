/// zlib for a domain and for the hosted program beside it.
#include "bench/asked/codec.h"

#define Z_SOLO /* leaves out zlib's functions on files, and with them the headers of a whole libc  \
                */
#include <zlib.h>

unsigned char codec_in[codec_most_plain];
unsigned char codec_out[codec_most_plain];

static z_stream stream;
static int is_begun;

static uint32_t next_random(uint32_t *state) {
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

/* Text of random words, of which some are frequent. It packs about as prose does. */
static void write_text(unsigned char *to, uint64_t bytes) {
    uint32_t state = 1;
    for (uint64_t at = 0; at < bytes;) {
        uint32_t letters = next_random(&state) % 64 * (next_random(&state) % 64); /* the word */
        const uint64_t end = at + 2 + next_random(&letters) % 8;
        while (at < bytes && at < end) {
            to[at++] = (unsigned char)('a' + next_random(&letters) % 26);
        }
        if (at < bytes) {
            to[at++] = next_random(&state) % 16 == 0 ? '\n' : ' ';
        }
    }
}

uint64_t codec_pack(uint64_t plain) {
    z_stream packer = {0};
    if (plain > sizeof codec_out || deflateInit(&packer, Z_DEFAULT_COMPRESSION) != Z_OK) {
        return 0;
    }
    write_text(codec_out, plain);
    packer.next_in = codec_out;
    packer.avail_in = (unsigned)plain;
    packer.next_out = codec_in;
    packer.avail_out = sizeof codec_in;
    const int answer = deflate(&packer, Z_FINISH);
    const uint64_t packed = packer.total_out;
    deflateEnd(&packer);
    return answer == Z_STREAM_END ? packed : 0;
}

struct CodecStep codec_begin(void) {
    const int answer = is_begun ? inflateReset(&stream) : inflateInit(&stream);
    is_begun = 1;
    stream.avail_in = 0;
    return (struct CodecStep){0, answer == Z_OK ? codec_wants_input : codec_is_damaged};
}

static uint32_t state_after(int answer) {
    if (answer == Z_STREAM_END) {
        return codec_is_done;
    }
    if (answer != Z_OK && answer != Z_BUF_ERROR) {
        return codec_is_damaged;
    }
    return stream.avail_out == 0 ? codec_has_more : codec_wants_input;
}

struct CodecStep codec_step(uint64_t from, uint64_t given, uint64_t to, uint64_t room) {
    if (given != 0) {
        stream.next_in = (unsigned char *)from;
        stream.avail_in = (unsigned)given;
    }
    stream.next_out = (unsigned char *)to;
    stream.avail_out = (unsigned)room;
    const uint32_t state = state_after(inflate(&stream, Z_NO_FLUSH));
    return (struct CodecStep){(uint32_t)room - stream.avail_out, state};
}

struct CodecStep codec_rest(uint64_t from, uint64_t given, uint64_t to, uint64_t room) {
    (void)from, (void)given, (void)to, (void)room;
    return (struct CodecStep){0, codec_has_more};
}
