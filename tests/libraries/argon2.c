/// Argon2: the hash of a password, verified, with the right one and with a wrong one.
#include "tests/libraries/library.h"

#include <argon2.h>

enum { rounds = 2, kibibytes = 64, lanes = 1 };

static void run(const unsigned char *input, size_t bytes, struct output *output) {
    static const char salt[] = "salt of a test";
    char encoded[128];
    unsigned char raw[32];
    const int answer =
        argon2_hash(rounds, kibibytes, lanes, input, bytes, salt, sizeof salt, raw, sizeof raw,
                    encoded, sizeof encoded, Argon2_id, ARGON2_VERSION_13);
    put_number(output, "hash", answer);
    put(output, raw, sizeof raw);
    put_text(output, encoded);
    put_number(output, "right", argon2id_verify(encoded, input, bytes));
    put_number(output, "wrong", argon2id_verify(encoded, "wrong", 5));
    encoded[strlen(encoded) / 2] = '!';
    const int damaged = argon2id_verify(encoded, input, bytes);
    put_number(output, "damaged", damaged);
    put_text(output, argon2_error_message(damaged));
}

LIBRARY(argon2, run)
