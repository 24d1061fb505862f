/// The other domain, in C++: it has its own copy of what it takes of the C library.
#include "tests/crt/library/library.h"

#undef NDEBUG // its assertions count in every build type
#include <assert.h>
#include <ctype.h>
#include <errno.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

namespace {

char unprintable[] = "not a constant";
constexpr char with_a_line_feed[] = "a forged\nline of a log";

[[noreturn]] void stop_with(const void *text) {
    asm volatile("ud1l (%%rdi), %%edx" : : "D"(text));
    __builtin_unreachable();
}

} // namespace

uint64_t bob_error_number() {
    return static_cast<uint64_t>(errno);
}

uint64_t bob_uses_every_header() {
    jmp_buf place;
    assert(isalpha('b'));
    char text[32];
    snprintf(text, sizeof text, "%05d|%-4s|%c", 42, "b", 'c');
    return setjmp(place) == 0 && strcmp(text, "00042|b   |c") == 0 && atoi(text) == 42 &&
           strcasecmp(text, "00042|B   |C") == 0;
}

/// bobs_own.cc has another strspn than the C library, and other sources of bob's call it.
uint64_t bob_has_his_own() {
    return strspn("aaab", "a");
}

/// The text of a Fault of bob's choice: 0 for one of his own data, 1 for one with a control byte,
/// else its address.
uint64_t bob_stops_with(uint64_t text) {
    stop_with(text == 0   ? unprintable
              : text == 1 ? with_a_line_feed
                          : reinterpret_cast<const void *>(text));
}
