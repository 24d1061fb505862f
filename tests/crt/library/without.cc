/// Functions that a domain is without: each call is a fault that names the function.
#include "tests/crt/library/library.h"
#include "tests/crt/library/line.h"
#include "tests/harness/harness.h"

namespace {

constexpr rt::Entry<Domain::carol, carol_does> carol_does_entry;

void expect_absent(lack what, const char *line) {
    expect_line(rt::call<Domain::carol>(carol_does_entry, what), rt::FaultKind::absent, line);
}

} // namespace

POSTERN_TEST("deny.library.a_function_that_is_not_there_is_named", SHOWS(missing_c_is_refused)) {
    expect_absent(lack_fopen, "carol: fopen: not in this domain, at 0x");
    expect_absent(lack_lseek, "carol: lseek: not in this domain, at 0x");
    expect_absent(lack_strtod, "carol: strtod: not in this domain, at 0x");
    EXPECT_EQUAL(rt::call<Domain::carol>(carol_does_entry, lack_nothing).value_or(0), 1);
}

POSTERN_TEST("deny.library.a_weak_function_that_nobody_defines", SHOWS(missing_c_is_refused)) {
    const auto asked = rt::call<Domain::carol>(carol_does_entry, lack_weak_function_that_she_asks_for);
    EXPECT_EQUAL(asked.value_or(1), 0);
    expect_absent(lack_weak_function_that_she_calls,
                  "carol: a weak function that nobody defines, at 0x");
}
