/// Stands in for decoded.cc where the distribution's static libpng is not installed.
#include "tests/harness/harness.h"

namespace {

void skip() {
    harness::skip("no libpng16.a on this machine: toolchain/setup --tests installs libpng-dev");
}

} // namespace

POSTERN_TEST("run.library.png_is_decoded", SHOWS(domains_have_c, missing_c_is_refused)) {
    skip();
}
POSTERN_TEST("run.library.damaged_png_comes_back_by_longjmp", SHOWS(domains_have_c)) {
    skip();
}
POSTERN_TEST("deny.library.png_that_prints", SHOWS(missing_c_is_refused)) {
    skip();
}
