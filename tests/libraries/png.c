/// libpng: a picture read, written and read again. Errors leave the library by longjmp.
#include "tests/libraries/library.h"

#include <png.h>
#include <setjmp.h>

struct source {
    const unsigned char *bytes;
    size_t rest;
    struct output *output;
};

static void read_some(png_structp png, png_bytep to, size_t count) {
    struct source *source = png_get_io_ptr(png);
    if (count > source->rest) {
        png_error(png, "the picture ends early");
    }
    memcpy(to, source->bytes, count);
    source->bytes += count;
    source->rest -= count;
}

static void write_some(png_structp png, png_bytep bytes, size_t count) {
    put(png_get_io_ptr(png), bytes, count);
}

static void flush_none(png_structp png) {
    (void)png;
}

static int errors; // that left the library

static void on_error(png_structp png, const char *message) {
    ++errors;
    put_text(png_get_error_ptr(png), message);
    png_longjmp(png, 1);
}

static void on_warning(png_structp png, const char *message) {
    put_text(png_get_error_ptr(png), message);
}

/// Reads a picture; writes it as another one, if `again` is not null.
static void read_picture(const unsigned char *bytes, size_t count, struct output *output,
                         struct output *again) {
    struct source source = {bytes, count, output};
    png_structp from = png_create_read_struct(PNG_LIBPNG_VER_STRING, output, on_error, on_warning);
    png_structp to = png_create_write_struct(PNG_LIBPNG_VER_STRING, output, on_error, on_warning);
    png_infop info = png_create_info_struct(from);
    assert(from != NULL && to != NULL && info != NULL);
    if (setjmp(png_jmpbuf(from)) == 0) {
        png_set_read_fn(from, &source, read_some);
        png_read_png(from, info, PNG_TRANSFORM_EXPAND, NULL);
        const size_t row_bytes = png_get_rowbytes(from, info);
        for (unsigned row = 0; row < png_get_image_height(from, info); ++row) {
            put(output, png_get_rows(from, info)[row], row_bytes);
        }
        if (again != NULL) {
            assert(setjmp(png_jmpbuf(to)) == 0);
            png_set_write_fn(to, again, write_some, flush_none);
            png_write_png(to, info, PNG_TRANSFORM_IDENTITY, NULL);
        }
    } else {
        put_text(output, ": an error\n");
    }
    png_destroy_write_struct(&to, NULL);
    png_destroy_read_struct(&from, &info, NULL);
}

static void run(const unsigned char *input, size_t bytes, struct output *output) {
    struct output again = {0}, rows = {0};
    read_picture(input, bytes, &rows, &again);
    put(output, rows.bytes, rows.used);
    put(output, again.bytes, again.used);
    if (again.used != 0) { // the input was whole
        const size_t before = output->used;
        read_picture(again.bytes, again.used, output, NULL);
        assert(output->used - before == rows.used);
        assert(memcmp(output->bytes + before, rows.bytes, rows.used) == 0);
    }
    for (unsigned seed = 1; seed <= 6; ++seed) {
        unsigned char *damaged = copy_of(input, bytes);
        damage(damaged, bytes, seed);
        read_picture(damaged, bytes, output, NULL);
        free(damaged);
    }
    assert(errors != 0);
    free(again.bytes);
    free(rows.bytes);
}

LIBRARY(png, run)
