/// GSM 06.10: the input's bytes as sound, coded and decoded.
#include "tests/libraries/library.h"

#include <gsm.h>

static void run(const unsigned char *input, size_t bytes, struct output *output) {
    enum { samples = 160 };
    gsm encoder = gsm_create(), decoder = gsm_create();
    assert(encoder != NULL && decoder != NULL);
    gsm_signal sound[samples] = {0};
    gsm_frame frame = {0}; // an empty input fills none
    for (size_t at = 0; at + samples <= bytes; at += samples) {
        for (int i = 0; i < samples; ++i) {
            sound[i] = (gsm_signal)((input[at + (size_t)i] - 80) * 250);
        }
        gsm_encode(encoder, sound, frame);
        put(output, frame, sizeof frame);
        put_number(output, "decoded", gsm_decode(decoder, frame, sound));
        put(output, sound, sizeof sound);
    }
    damage(frame, 1, 3); // the frame's mark
    put_number(output, "damaged", gsm_decode(decoder, frame, sound));
    gsm_destroy(encoder);
    gsm_destroy(decoder);
}

LIBRARY(gsm, run)
