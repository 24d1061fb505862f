/// zlib for a domain and for the hosted program beside it: the same calls of the same archive.
#ifndef BENCH_ASKED_CODEC_H
#define BENCH_ASKED_CODEC_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { codec_most_plain = 1 << 20, codec_least_plain = 1 << 18 };

extern unsigned char codec_in[codec_most_plain];
extern unsigned char codec_out[codec_most_plain];

enum { codec_has_more, codec_wants_input, codec_is_done, codec_is_damaged };

/* 8 bytes, without padding, so that it may cross. */
struct CodecStep {
    uint32_t bytes; /* of output */
    uint32_t state;
};

/* Packs so many bytes of text, which is always the same, into `codec_in`. How many bytes that gave;
 * 0 for an error. */
uint64_t codec_pack(uint64_t plain);

/* Begins the stream again. */
struct CodecStep codec_begin(void);

/* Decompresses until `room` bytes are at address `to`, or the input is used up. If `given` is not
 * 0, it is the number of the next input bytes, at address `from`. */
struct CodecStep codec_step(uint64_t from, uint64_t given, uint64_t to, uint64_t room);

/* The same call without any work. */
struct CodecStep codec_rest(uint64_t from, uint64_t given, uint64_t to, uint64_t room);

#ifdef __cplusplus
}
#endif

#endif
