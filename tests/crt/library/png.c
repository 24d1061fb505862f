/// A domain with Debian's libpng and zlib as they are: decodes a picture, and comes back by longjmp
/// from one that is damaged.
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "tests/crt/library/png_bytes.h"

// As libpng's manual has them; its header includes headers of a whole C library.
typedef struct png_struct png_struct;
typedef struct png_info png_info;
typedef void png_message(png_struct *, const char *);
typedef void png_read(png_struct *, unsigned char *, size_t);
png_struct *png_create_read_struct(const char *version, void *of_errors, png_message *error,
                                   png_message *warning);
png_info *png_create_info_struct(png_struct *png);
jmp_buf *png_set_longjmp_fn(png_struct *png, void (*jump)(jmp_buf, int), size_t bytes);
void png_longjmp(png_struct *png, int value);
void png_set_read_fn(png_struct *png, void *from, png_read *read);
void *png_get_io_ptr(png_struct *png);
void png_read_info(png_struct *png, png_info *info);
unsigned png_get_image_width(png_struct *png, png_info *info);
unsigned png_get_image_height(png_struct *png, png_info *info);
size_t png_get_rowbytes(png_struct *png, png_info *info);
void png_read_row(png_struct *png, unsigned char *row, unsigned char *displayed);
void png_read_end(png_struct *png, png_info *info);
void png_destroy_read_struct(png_struct **png, png_info **info, png_info **end);

unsigned char png_pixels[picture_bytes];

struct file {
    const unsigned char *at, *end;
};

static void read_bytes(png_struct *png, unsigned char *to, size_t bytes) {
    struct file *from = png_get_io_ptr(png);
    if (bytes > (size_t)(from->end - from->at)) {
        png_longjmp(png, 1);
    }
    memcpy(to, from->at, bytes);
    from->at += bytes;
}

static void fail(png_struct *png, const char *message) {
    (void)message;
    png_longjmp(png, 1);
}

static void read_picture(png_struct *png, png_info *info) {
    png_read_info(png, info);
    if (png_get_image_width(png, info) != picture_side ||
        png_get_image_height(png, info) != picture_side ||
        png_get_rowbytes(png, info) != picture_side * 3) {
        png_longjmp(png, 1);
    }
    for (size_t row = 0; row < picture_side; ++row) {
        png_read_row(png, png_pixels + row * picture_side * 3, NULL);
    }
    png_read_end(png, NULL);
}

uint64_t png_decode(uint64_t damaged, uint64_t prints) {
    static unsigned char bytes[picture_file_bytes];
    static struct file file;
    memset(png_pixels, 0, sizeof png_pixels);
    memcpy(bytes, picture_file, sizeof bytes);
    if (damaged < sizeof bytes) {
        bytes[damaged] ^= 0xff;
    }
    file.at = bytes;
    file.end = bytes + sizeof bytes;
    png_struct *png = png_create_read_struct("1.6.0", NULL, prints ? NULL : fail, fail);
    png_info *info = png == NULL ? NULL : png_create_info_struct(png);
    if (info == NULL) {
        return 0;
    }
    if (_setjmp(*png_set_longjmp_fn(png, longjmp, sizeof(jmp_buf))) != 0) {
        png_destroy_read_struct(&png, &info, NULL);
        return 2;
    }
    png_set_read_fn(png, &file, read_bytes);
    read_picture(png, info);
    png_destroy_read_struct(&png, &info, NULL);
    return 1;
}
