/// utf8proc: text in each normal form, with its cases folded, and without marks.
#include "tests/libraries/library.h"

#include <utf8proc.h>

static void map(const unsigned char *input, size_t bytes, unsigned options, struct output *output) {
    utf8proc_uint8_t *mapped = NULL;
    const utf8proc_ssize_t answer =
        utf8proc_map(input, (utf8proc_ssize_t)bytes, &mapped, (utf8proc_option_t)options);
    put_number(output, "mapped", answer);
    if (answer >= 0) {
        put(output, mapped, (size_t)answer);
    } else {
        put_text(output, utf8proc_errmsg(answer));
    }
    free(mapped);
}

static void run(const unsigned char *input, size_t bytes, struct output *output) {
    static const unsigned forms[] = {
        UTF8PROC_STABLE | UTF8PROC_COMPOSE,
        UTF8PROC_STABLE | UTF8PROC_DECOMPOSE,
        UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT,
        UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE,
        UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK | UTF8PROC_CHARBOUND,
    };
    for (size_t form = 0; form < sizeof forms / sizeof *forms; ++form) {
        map(input, bytes, forms[form], output);
    }
    for (unsigned seed = 1; seed <= 3; ++seed) {
        unsigned char *damaged = copy_of(input, bytes);
        damage(damaged, bytes, seed);
        map(damaged, bytes, forms[0], output);
        free(damaged);
    }
}

LIBRARY(utf8proc, run)
