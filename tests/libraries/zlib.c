/// zlib: a gzip stream, written and read in small pieces.
#include <zlib.h>

#include "tests/libraries/packed.h"

enum { gzip = 15 + 16, piece_bytes = 1000 };

static unsigned piece_at(size_t at, size_t bytes) {
    return bytes - at < piece_bytes ? (unsigned)(bytes - at) : piece_bytes;
}

static long unpack(const unsigned char *packed, size_t bytes, struct output *output) {
    z_stream stream = {0};
    assert(inflateInit2(&stream, gzip) == Z_OK);
    int answer = Z_OK;
    for (size_t at = 0; at < bytes && answer == Z_OK; at += piece_bytes) {
        stream.next_in = (unsigned char *)packed + at;
        stream.avail_in = piece_at(at, bytes);
        do {
            stream.next_out = reserve(output, piece_bytes);
            stream.avail_out = piece_bytes;
            answer = inflate(&stream, Z_NO_FLUSH);
            output->used += piece_bytes - stream.avail_out;
        } while (answer == Z_OK && stream.avail_out == 0);
        answer = answer == Z_BUF_ERROR ? Z_OK : answer; // the piece is used up
    }
    inflateEnd(&stream);
    return answer;
}

static void run(const unsigned char *input, size_t bytes, struct output *output) {
    struct output packed = {0};
    z_stream stream = {0};
    assert(deflateInit2(&stream, 6, Z_DEFLATED, gzip, 8, Z_DEFAULT_STRATEGY) == Z_OK);
    int answer = Z_OK;
    for (size_t at = 0; answer == Z_OK; at += piece_bytes) {
        const unsigned piece = at < bytes ? piece_at(at, bytes) : 0;
        stream.next_in = (unsigned char *)input + (at < bytes ? at : bytes);
        stream.avail_in = piece;
        do {
            stream.next_out = reserve(&packed, piece_bytes);
            stream.avail_out = piece_bytes;
            answer = deflate(&stream, at + piece >= bytes ? Z_FINISH : Z_NO_FLUSH);
            packed.used += piece_bytes - stream.avail_out;
        } while (answer == Z_OK && stream.avail_out == 0);
    }
    assert(answer == Z_STREAM_END);
    deflateEnd(&stream);
    put_number(output, "crc32", (long)crc32(0, input, (unsigned)bytes));

    try_unpacker(output, input, bytes, packed.bytes, packed.used, unpack);
    free(packed.bytes);
}

LIBRARY(zlib, run)
