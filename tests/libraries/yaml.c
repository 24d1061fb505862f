/// LibYAML: a document as events, by a handler that reads, and written anew, by one that writes.
#include "tests/libraries/library.h"

#include <yaml.h>

struct source {
    const unsigned char *bytes;
    size_t rest;
};

static int read_some(void *from, unsigned char *to, size_t room, size_t *given) {
    struct source *source = from;
    const size_t most = room < 100 ? room : 100;
    *given = source->rest < most ? source->rest : most;
    if (*given != 0) {
        memcpy(to, source->bytes, *given);
    }
    source->bytes += *given;
    source->rest -= *given;
    return 1;
}

static int write_some(void *to, unsigned char *bytes, size_t count) {
    put(to, bytes, count);
    return 1;
}

static void rewrite(const unsigned char *document, size_t bytes, struct output *output) {
    struct source source = {document, bytes};
    yaml_parser_t parser;
    yaml_emitter_t emitter;
    assert(yaml_parser_initialize(&parser) && yaml_emitter_initialize(&emitter));
    yaml_parser_set_input(&parser, read_some, &source);
    yaml_emitter_set_output(&emitter, write_some, output);
    yaml_event_t event;
    int is_end = 0;
    while (!is_end && yaml_parser_parse(&parser, &event)) {
        is_end = event.type == YAML_STREAM_END_EVENT;
        if (!yaml_emitter_emit(&emitter, &event)) { // takes the event in any case
            break;
        }
    }
    put_number(output, "end", is_end);
    put_text(output, parser.problem == NULL ? "" : parser.problem);
    put_number(output, " line", (long)parser.problem_mark.line);
    yaml_emitter_delete(&emitter);
    yaml_parser_delete(&parser);
}

static void run(const unsigned char *input, size_t bytes, struct output *output) {
    rewrite(input, bytes, output);
    for (unsigned seed = 1; seed <= 5; ++seed) {
        unsigned char *damaged = copy_of(input, bytes);
        damage(damaged, bytes, seed);
        rewrite(damaged, bytes, output);
        free(damaged);
    }
}

LIBRARY(yaml, run)
