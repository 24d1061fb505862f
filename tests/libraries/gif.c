/// giflib: a picture of the input's bytes, written and read by functions of the caller's.
#include "tests/libraries/library.h"

#include <gif_lib.h>

struct source {
    const unsigned char *bytes;
    size_t rest;
};

static int read_some(GifFileType *gif, GifByteType *to, int count) {
    struct source *source = gif->UserData;
    const size_t given = (size_t)count < source->rest ? (size_t)count : source->rest;
    if (given != 0) {
        memcpy(to, source->bytes, given);
    }
    source->bytes += given;
    source->rest -= given;
    return (int)given;
}

static int write_some(GifFileType *gif, const GifByteType *bytes, int count) {
    put(gif->UserData, bytes, (size_t)count);
    return count;
}

static void read_picture(const unsigned char *bytes, size_t count, struct output *output) {
    struct source source = {bytes, count};
    int error = 0;
    GifFileType *gif = DGifOpen(&source, read_some, &error);
    put_number(output, "opened", error);
    if (gif == NULL) {
        return;
    }
    put_number(output, "read", DGifSlurp(gif));
    put_number(output, "error", gif->Error);
    for (int image = 0; image < gif->ImageCount; ++image) {
        const SavedImage *saved = &gif->SavedImages[image];
        if (saved->RasterBits != NULL && gif->Error == 0) {
            put(output, saved->RasterBits,
                (size_t)saved->ImageDesc.Width * (size_t)saved->ImageDesc.Height);
        }
    }
    DGifCloseFile(gif, &error);
}

static void run(const unsigned char *input, size_t bytes, struct output *output) {
    enum { width = 64, colours = 256 };
    const int height = (int)(bytes / width);
    struct output picture = {0};
    int error = 0;
    ColorMapObject *map = GifMakeMapObject(colours, NULL);
    assert(map != NULL);
    for (int colour = 0; colour < colours; ++colour) {
        const GifByteType level = (GifByteType)colour;
        map->Colors[colour] = (GifColorType){level, (GifByteType)(255 - level), level};
    }
    GifFileType *gif = EGifOpen(&picture, write_some, &error);
    assert(gif != NULL);
    assert(EGifPutScreenDesc(gif, width, height, 8, 0, map) == GIF_OK);
    assert(EGifPutImageDesc(gif, 0, 0, width, height, 0, NULL) == GIF_OK);
    for (int row = 0; row < height; ++row) {
        assert(EGifPutLine(gif, (GifPixelType *)input + row * width, width) == GIF_OK);
    }
    EGifCloseFile(gif, &error);
    GifFreeMapObject(map);
    put(output, picture.bytes, picture.used);
    read_picture(picture.bytes, picture.used, output);
    for (unsigned seed = 1; seed <= 4; ++seed) {
        unsigned char *damaged = copy_of(picture.bytes, picture.used);
        damage(damaged, picture.used, seed);
        read_picture(damaged, picture.used, output);
        free(damaged);
    }
    free(picture.bytes);
}

LIBRARY(gif, run)
