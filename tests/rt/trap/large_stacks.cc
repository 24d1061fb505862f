/// Stacks of 3.5 GiB in all: the last ones are further away than rip-relative addresses reach.
#include "tests/harness/harness.h"
#include "tests/rt/trap/places.h"

namespace {

constexpr uint64_t gib = 0x40000000;

/// Writes each page of a variable of `bytes`; how many.
template <uint64_t bytes>
uint64_t use_local() {
    volatile unsigned char local[bytes];
    uint64_t pages = 0;
    for (uint64_t at = 0; at < bytes; at += POSTERN_PAGE) {
        local[at] = 1;
        pages += local[at];
    }
    return pages;
}

constexpr rt::Entry<Domain::last, use_local<2 * POSTERN_STACK_GUARD>> last_uses_some;

void write_at(uint64_t address) {
    *reinterpret_cast<volatile char *>(address) = 1;
}
constexpr rt::Entry<Domain::last, write_at> last_writes;

} // namespace

POSTERN_TEST("deny.stack.beyond_2_gib", SHOWS(stack_overflow_says_so)) {
    const auto &stack = places::stack_of(Domain::last);
    EXPECT(stack.begin - reinterpret_cast<uint64_t>(__text_start) > 3 * gib);
    EXPECT(stack.end - reinterpret_cast<uint64_t>(__text_start) < 4 * gib);
    EXPECT_EQUAL(rt::call<Domain::last>(last_uses_some).value_or(0),
                 2 * POSTERN_STACK_GUARD / POSTERN_PAGE);
    EXPECT(bool(rt::call<Domain::last>(last_writes, stack.begin)));
    const auto denied = rt::call<Domain::last>(last_writes, stack.begin - 1);
    EXPECT(!denied && denied.fault().is_stack_overflow());
}
