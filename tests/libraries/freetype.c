/// FreeType: letters of a font, as pictures and as outlines, which come by callbacks. Checks of a
/// font's tables, and the rasterizer where its memory is used up, leave by longjmp.
#include "tests/libraries/library.h"

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_OUTLINE_H

static int on_move(const FT_Vector *to, void *output) {
    put_number(output, "move", to->x * 100000 + to->y);
    return 0;
}
static int on_line(const FT_Vector *to, void *output) {
    put_number(output, "line", to->x * 100000 + to->y);
    return 0;
}
static int on_conic(const FT_Vector *control, const FT_Vector *to, void *output) {
    on_line(control, output);
    return on_line(to, output);
}
static int on_cubic(const FT_Vector *control, const FT_Vector *second, const FT_Vector *to,
                    void *output) {
    on_line(control, output);
    return on_conic(second, to, output);
}

static void draw(FT_Face face, unsigned letter, unsigned pixels, struct output *output) {
    static const FT_Outline_Funcs callbacks = {on_move, on_line, on_conic, on_cubic, 0, 0};
    FT_Error error = FT_Set_Pixel_Sizes(face, 0, pixels);
    put_number(output, "size", error);
    error = FT_Load_Char(face, letter, FT_LOAD_DEFAULT);
    put_number(output, "letter", error);
    if (error != 0) {
        return;
    }
    FT_GlyphSlot glyph = face->glyph;
    if (glyph->format == FT_GLYPH_FORMAT_OUTLINE) {
        put_number(output, "outline", FT_Outline_Decompose(&glyph->outline, &callbacks, output));
    }
    put_number(output, "picture", FT_Render_Glyph(glyph, FT_RENDER_MODE_NORMAL));
    for (unsigned row = 0; row < glyph->bitmap.rows; ++row) {
        put(output, glyph->bitmap.buffer + (int)row * glyph->bitmap.pitch, glyph->bitmap.width);
    }
}

static void open_font(const unsigned char *font, size_t bytes, const char *letters,
                      struct output *output) {
    FT_Library library;
    FT_Face face;
    assert(FT_Init_FreeType(&library) == 0);
    const FT_Error error = FT_New_Memory_Face(library, font, (long)bytes, 0, &face);
    put_number(output, "font", error);
    if (error == 0) {
        put_number(output, "glyphs", face->num_glyphs);
        put_number(output, "maps", face->num_charmaps);
        for (; *letters != 0; ++letters) {
            draw(face, (unsigned char)*letters, 24, output);
        }
        draw(face, '@', 200, output); // more cells than the rasterizer has at once
        FT_Done_Face(face);
    }
    FT_Done_FreeType(library);
}

static void run(const unsigned char *input, size_t bytes, struct output *output) {
    open_font(input, bytes, "Ag&", output);
    for (unsigned seed = 1; seed <= 8; ++seed) {
        unsigned char *damaged = copy_of(input, bytes);
        damage(damaged, bytes < 400 ? bytes : 400, seed); // the table of tables, too
        damage(damaged, bytes, seed);
        open_font(damaged, bytes, "g", output);
        free(damaged);
    }
}

LIBRARY(freetype, run)
