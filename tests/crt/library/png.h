/// What the domain png does with the distribution's libpng.
#pragma once

#include <stddef.h>
#include <stdint.h>

enum picture {
    picture_side = 16, // pixels
    picture_bytes = 16 * 16 * 3,
    picture_file_bytes = 408,
};

#ifdef __cplusplus
extern "C" {
#endif

// The pixels of the last picture, row by row.
extern unsigned char png_pixels[picture_bytes];

// Decodes the picture with its byte `damaged` changed, none if that is beyond its end. 1 if it was
// decoded, 2 if libpng refused it by longjmp, in which case `prints` leaves the message to libpng.
uint64_t png_decode(uint64_t damaged, uint64_t prints);

#ifdef __cplusplus
}
#endif
