/// Stands in for zlib.cc where the distribution's static zlib is not installed.
#include "tests/harness/harness.h"

namespace {

void skip() {
    harness::skip("no libz.a on this machine: toolchain/setup installs zlib1g-dev");
}

} // namespace

POSTERN_TEST("run.placing.function_of_a_library") {
    skip();
}
POSTERN_TEST("run.placing.distribution_library", SHOWS(archives_go_into_a_domain)) {
    skip();
}
POSTERN_TEST("deny.placing.distribution_library", SHOWS(archives_go_into_a_domain)) {
    skip();
}
POSTERN_TEST("deny.placing.library_without_files", SHOWS(missing_c_is_refused)) {
    skip();
}
