/// http-parser: requests one after the other; URL, headers and bodies come by callbacks.
#include <http_parser.h>

#include "tests/libraries/library.h"

static int note(http_parser *parser, const char *what, const char *at, size_t bytes) {
    struct output *output = parser->data;
    put_text(output, what);
    put(output, at, bytes);
    put_text(output, "\n");
    return 0;
}

static int on_url(http_parser *parser, const char *at, size_t bytes) {
    struct http_parser_url url;
    http_parser_url_init(&url);
    note(parser, "url ", at, bytes);
    if (http_parser_parse_url(at, bytes, 0, &url) == 0) {
        for (int field = 0; field < UF_MAX; ++field) {
            if (url.field_set & 1 << field) {
                note(parser, "  ", at + url.field_data[field].off, url.field_data[field].len);
            }
        }
    }
    return 0;
}
static int on_field(http_parser *parser, const char *at, size_t bytes) {
    return note(parser, "field ", at, bytes);
}
static int on_value(http_parser *parser, const char *at, size_t bytes) {
    return note(parser, "value ", at, bytes);
}
static int on_body(http_parser *parser, const char *at, size_t bytes) {
    return note(parser, "body ", at, bytes);
}
static int on_complete(http_parser *parser) {
    return note(parser, http_method_str(parser->method), "", 0);
}

static void parse(const unsigned char *requests, size_t bytes, struct output *output) {
    http_parser_settings settings;
    http_parser_settings_init(&settings);
    settings.on_url = on_url;
    settings.on_header_field = on_field;
    settings.on_header_value = on_value;
    settings.on_body = on_body;
    settings.on_message_complete = on_complete;
    http_parser parser;
    http_parser_init(&parser, HTTP_REQUEST);
    parser.data = output;
    const size_t parsed = http_parser_execute(&parser, &settings, (const char *)requests, bytes);
    put_number(output, "parsed", (long)parsed);
    put_text(output, http_errno_name(HTTP_PARSER_ERRNO(&parser)));
}

static void run(const unsigned char *input, size_t bytes, struct output *output) {
    parse(input, bytes, output);
    for (unsigned seed = 1; seed <= 6; ++seed) {
        unsigned char *damaged = copy_of(input, bytes);
        damage(damaged, bytes, seed);
        parse(damaged, bytes, output);
        free(damaged);
    }
}

LIBRARY(http_parser, run)
