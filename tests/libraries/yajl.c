/// YAJL: a JSON document in small pieces; its callbacks write the document anew.
#include <yajl/yajl_gen.h>
#include <yajl/yajl_parse.h>

#include "tests/libraries/library.h"

static int on_null(void *to) {
    return yajl_gen_null(to) == yajl_gen_status_ok;
}
static int on_boolean(void *to, int value) {
    return yajl_gen_bool(to, value) == yajl_gen_status_ok;
}
static int on_number(void *to, const char *digits, size_t count) {
    return yajl_gen_number(to, digits, count) == yajl_gen_status_ok;
}
static int on_string(void *to, const unsigned char *text, size_t count) {
    return yajl_gen_string(to, text, count) == yajl_gen_status_ok;
}
static int on_begin_map(void *to) {
    return yajl_gen_map_open(to) == yajl_gen_status_ok;
}
static int on_end_map(void *to) {
    return yajl_gen_map_close(to) == yajl_gen_status_ok;
}
static int on_begin_array(void *to) {
    return yajl_gen_array_open(to) == yajl_gen_status_ok;
}
static int on_end_array(void *to) {
    return yajl_gen_array_close(to) == yajl_gen_status_ok;
}

static const yajl_callbacks callbacks = {
    .yajl_null = on_null,
    .yajl_boolean = on_boolean,
    .yajl_number = on_number, // as text: no floating point
    .yajl_string = on_string,
    .yajl_start_map = on_begin_map,
    .yajl_map_key = on_string,
    .yajl_end_map = on_end_map,
    .yajl_start_array = on_begin_array,
    .yajl_end_array = on_end_array,
};

static void parse(const unsigned char *document, size_t bytes, struct output *output) {
    enum { piece_bytes = 300 };
    yajl_gen to = yajl_gen_alloc(NULL);
    yajl_handle parser = yajl_alloc(&callbacks, NULL, to);
    assert(to != NULL && parser != NULL);
    yajl_status status = yajl_status_ok;
    for (size_t at = 0; status == yajl_status_ok && at < bytes; at += piece_bytes) {
        const size_t rest = bytes - at;
        status = yajl_parse(parser, document + at, rest < piece_bytes ? rest : piece_bytes);
    }
    if (status == yajl_status_ok) {
        status = yajl_complete_parse(parser);
    }
    const unsigned char *written;
    size_t written_bytes;
    assert(yajl_gen_get_buf(to, &written, &written_bytes) == yajl_gen_status_ok);
    put(output, written, written_bytes);
    if (status == yajl_status_error) {
        unsigned char *message = yajl_get_error(parser, 0, document, bytes);
        put_text(output, (const char *)message);
        yajl_free_error(parser, message);
    }
    put_number(output, "status", status);
    yajl_free(parser);
    yajl_gen_free(to);
}

static void run(const unsigned char *input, size_t bytes, struct output *output) {
    parse(input, bytes, output);
    for (unsigned seed = 1; seed <= 4; ++seed) {
        unsigned char *damaged = copy_of(input, bytes);
        damage(damaged, bytes, seed);
        parse(damaged, bytes, output);
        free(damaged);
    }
}

LIBRARY(yajl, run)
