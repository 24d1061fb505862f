/// JBIG-KIT: the input's bits as a picture, coded through a callback and decoded in pieces.
#include "tests/libraries/library.h"

#include <jbig.h>

static void write_some(unsigned char *bytes, size_t count, void *to) {
    put(to, bytes, count);
}

static void decode(unsigned char *coded, size_t bytes, struct output *output) {
    enum { piece_bytes = 500 };
    struct jbg_dec_state state;
    jbg_dec_init(&state);
    int answer = JBG_EAGAIN;
    for (size_t at = 0; answer == JBG_EAGAIN && at < bytes; at += piece_bytes) {
        const size_t rest = bytes - at;
        answer = jbg_dec_in(&state, coded + at, rest < piece_bytes ? rest : piece_bytes, NULL);
    }
    put_number(output, "decoded", answer);
    put_text(output, jbg_strerror(answer));
    if (answer == JBG_EOK) {
        put(output, jbg_dec_getimage(&state, 0), jbg_dec_getsize(&state));
    }
    jbg_dec_free(&state);
}

static void run(const unsigned char *input, size_t bytes, struct output *output) {
    enum { width = 256, most_rows = 300 };
    const size_t rows = bytes / (width / 8) < most_rows ? bytes / (width / 8) : most_rows;
    put_number(output, "rows", (long)rows);
    if (rows == 0) {
        return;
    }
    unsigned char *plane = copy_of(input, rows * (width / 8));
    struct output coded = {0};
    struct jbg_enc_state state;
    jbg_enc_init(&state, width, rows, 1, &plane, write_some, &coded);
    jbg_enc_out(&state);
    jbg_enc_free(&state);
    put(output, coded.bytes, coded.used);
    decode(coded.bytes, coded.used, output);
    for (unsigned seed = 1; seed <= 4; ++seed) {
        unsigned char *damaged = copy_of(coded.bytes, coded.used);
        damage(damaged, coded.used, seed);
        decode(damaged, coded.used, output);
        free(damaged);
    }
    free(coded.bytes);
    free(plane);
}

LIBRARY(jbig, run)
