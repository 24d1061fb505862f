/// The interface of the codec: C, because the codec is C and zlib's.
#ifndef APPS_INFLATE_CODEC_H
#define APPS_INFLATE_CODEC_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define CODEC_IN_BYTES 65536
#define CODEC_OUT_BYTES 65536

extern unsigned char codec_in[CODEC_IN_BYTES];   /* the caller writes compressed bytes here */
extern unsigned char codec_out[CODEC_OUT_BYTES]; /* codec_step leaves the next bytes here */

/* Why codec_step came back. */
enum {
    codec_has_more,     /* `codec_out` is full */
    codec_wants_input,  /* within a stream */
    codec_is_between,   /* after a stream, and nothing but zeros followed so far */
    codec_is_damaged,   /* zlib refuses the stream; `codec_out` has the bytes before the damage */
    codec_sees_garbage, /* after a stream: bytes that begin no other */
    codec_has_no_memory,
};

/* 8 bytes, without padding, so that it may cross. */
struct CodecStep {
    uint32_t bytes; /* in `codec_out` */
    uint32_t state;
};

/* The first `bytes` bytes of `codec_in` are the next input. Called when the last input is used up. */
void codec_feed(uint64_t bytes);

/* Decompresses until the output is full, the input is used up, or a stream has ended. */
struct CodecStep codec_step(void);

#ifdef __cplusplus
}
#endif

#endif
