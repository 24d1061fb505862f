/// Expat: a document in small pieces; each element, text and comment comes back by a callback.
#include <expat.h>

#include "tests/libraries/library.h"

static void begin_element(void *user, const char *name, const char **attributes) {
    struct output *output = user;
    put_text(output, name);
    for (; *attributes != NULL; ++attributes) {
        put_text(output, " ");
        put_text(output, *attributes);
    }
    put_text(output, " {\n");
}

static void end_element(void *user, const char *name) {
    put_text(user, name);
    put_text(user, " }\n");
}

static void text(void *user, const char *characters, int count) {
    put(user, characters, (size_t)count);
}

static void comment(void *user, const char *characters) {
    put_text(user, characters);
}

static void parse(const unsigned char *document, size_t bytes, struct output *output) {
    enum { piece_bytes = 700 };
    XML_Parser parser = XML_ParserCreate(NULL);
    assert(parser != NULL);
    XML_SetHashSalt(parser, 20250705); // else it asks for random numbers
    XML_SetUserData(parser, output);
    XML_SetElementHandler(parser, begin_element, end_element);
    XML_SetCharacterDataHandler(parser, text);
    XML_SetCommentHandler(parser, comment);
    enum XML_Status status = XML_STATUS_OK;
    for (size_t at = 0; status == XML_STATUS_OK && at <= bytes; at += piece_bytes) {
        const size_t rest = bytes - at;
        status = XML_Parse(parser, (const char *)document + at,
                           (int)(rest < piece_bytes ? rest : piece_bytes), rest < piece_bytes);
    }
    put_number(output, "status", status);
    put_text(output, status == XML_STATUS_OK ? "" : XML_ErrorString(XML_GetErrorCode(parser)));
    put_number(output, " line", (long)XML_GetCurrentLineNumber(parser));
    XML_ParserFree(parser);
}

static void run(const unsigned char *input, size_t bytes, struct output *output) {
    parse(input, bytes, output);
    for (unsigned seed = 1; seed <= 3; ++seed) {
        unsigned char *damaged = copy_of(input, bytes);
        damage(damaged, bytes, seed);
        parse(damaged, bytes, output);
        free(damaged);
    }
    static const char bomb[] =
        "<!DOCTYPE a [<!ENTITY b 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb'>"
        "<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'><!ENTITY d '&c;&c;&c;&c;&c;&c;&c;&c;'>"
        "<!ENTITY e '&d;&d;&d;&d;&d;&d;&d;&d;&e;'>]><a>&e;</a>";
    parse((const unsigned char *)bomb, sizeof bomb - 1, output);
}

LIBRARY(expat, run)
