/// PCRE2: expressions compiled, and all their matches in a page; wrong ones with their messages.
#include "tests/libraries/library.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

static void put_matches(pcre2_code *code, const unsigned char *text, size_t bytes,
                        struct output *output) {
    pcre2_match_data *match = pcre2_match_data_create_from_pattern(code, NULL);
    assert(match != NULL);
    int count;
    for (size_t at = 0; at <= bytes;) {
        count = pcre2_match(code, text, bytes, at, PCRE2_NOTEMPTY, match, NULL);
        if (count <= 0) {
            put_number(output, "last", count);
            break;
        }
        const PCRE2_SIZE *pairs = pcre2_get_ovector_pointer(match);
        for (int group = 0; group < count; ++group) {
            if (pairs[2 * group] != PCRE2_UNSET) {
                put(output, text + pairs[2 * group], pairs[2 * group + 1] - pairs[2 * group]);
                put_text(output, group + 1 < count ? " | " : "\n");
            }
        }
        at = pairs[1];
    }
    pcre2_match_data_free(match);
}

static void run(const unsigned char *input, size_t bytes, struct output *output) {
    static const char *const expressions[] = {
        "\\b(\\w+)\\s+(?i:the)\\s+(\\w+?)s\\b",
        "\\[([^\\]]*)\\]\\(([^)]+)\\)",
        "(?<word>[[:alpha:]]{3,})\\W+\\k<word>",
        "(?m)^#+ (.*)$",
        "(?s)```(?:\\w+)?\\n(.*?)```",
        "\\((?:[^()]++|(?R))*\\)",
        "(?=.{3,9}\\.)(?<!x)\\p{Lu}\\p{Ll}+",
        "(((unclosed)",
        "[z-a]",
        "\\p{NoSuchProperty}",
    };
    for (size_t i = 0; i < sizeof expressions / sizeof *expressions; ++i) {
        int error = 0;
        PCRE2_SIZE place = 0;
        pcre2_code *code = pcre2_compile((PCRE2_SPTR)expressions[i], PCRE2_ZERO_TERMINATED, 0,
                                         &error, &place, NULL);
        if (code != NULL) {
            put_matches(code, input, bytes, output);
            pcre2_code_free(code);
        } else {
            unsigned char message[120];
            pcre2_get_error_message(error, message, sizeof message);
            put_text(output, (const char *)message);
            put_number(output, " at", (long)place);
        }
    }
}

LIBRARY(pcre2, run)
