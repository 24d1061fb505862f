/// Debian's libpng, untouched, in a domain: its pictures, its way back by longjmp, and what it calls
/// and does not have.
#include "tests/crt/library/line.h"
#include "tests/crt/library/png.h"

namespace {

constexpr rt::Entry<Domain::png, png_decode> png_decode_entry;

uint64_t decode(uint64_t damaged) {
    return rt::call<Domain::png>(png_decode_entry, damaged, uint64_t{0}).value_or(77);
}

bool is_right() {
    unsigned char pixels[picture_bytes];
    EXPECT(bool(rt::copy_from_domain(Domain::png, pixels, rt::Claimed::of(png_pixels),
                                     sizeof pixels)));
    bool right = true;
    for (unsigned at = 0; at < picture_bytes; ++at) {
        const unsigned channel = at % 3, x = at / 3 % picture_side, y = at / 3 / picture_side;
        right &= pixels[at] == static_cast<unsigned char>(17 * x + 5 * y + 40 * channel);
    }
    return right;
}

constexpr uint64_t undamaged = picture_file_bytes;
constexpr uint64_t in_the_pixels = 60; // a byte of the compressed rows

} // namespace

POSTERN_TEST("run.library.png_is_decoded", SHOWS(domains_have_c, missing_c_is_refused)) {
    EXPECT_EQUAL(decode(undamaged), 1);
    EXPECT(is_right());
}

// Each byte of the picture, one after the other.
POSTERN_TEST("run.library.damaged_png_comes_back_by_longjmp", SHOWS(domains_have_c)) {
    uint64_t refused = 0;
    for (uint64_t at = 0; at < picture_file_bytes; ++at) {
        const uint64_t end = decode(at);
        EXPECT(end == 1 || end == 2);
        refused += end == 2;
    }
    EXPECT(refused > picture_file_bytes / 2);
    EXPECT_EQUAL(decode(undamaged), 1);
    EXPECT(is_right());
}

POSTERN_TEST("deny.library.png_that_prints", SHOWS(missing_c_is_refused)) {
    expect_line(rt::call<Domain::png>(png_decode_entry, in_the_pixels, uint64_t{1}),
                rt::FaultKind::absent, "png: __fprintf_chk: not in this domain, at 0x");
    EXPECT_EQUAL(decode(undamaged), 1);
    EXPECT(is_right());
}
