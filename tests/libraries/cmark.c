/// CommonMark: a page as HTML, as a tree in XML, and as Markdown again.
#include "tests/libraries/library.h"

#include <cmark.h>

static void put_and_free(struct output *output, char *text) {
    assert(text != NULL);
    put_text(output, text);
    free(text);
}

static void run(const unsigned char *input, size_t bytes, struct output *output) {
    cmark_node *page = cmark_parse_document((const char *)input, bytes, CMARK_OPT_VALIDATE_UTF8);
    assert(page != NULL);
    put_and_free(output, cmark_render_html(page, CMARK_OPT_SMART));
    put_and_free(output, cmark_render_xml(page, CMARK_OPT_SOURCEPOS));
    put_and_free(output, cmark_render_commonmark(page, 0, 72));
    cmark_node_free(page);
}

LIBRARY(cmark, run)
