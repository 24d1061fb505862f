/// Pages that were not touched before are paged in by the kernel: no error, whichever access comes
/// first.
#include <asm/unistd.h>

#include "rt/domain/alias.h"
#include "rt/sys/call.h"
#include "tests/rt/uaccess/places.h"

namespace {

using places::claim_at;

constexpr size_t pages = 16;
POSTERN_BSS(alice) alignas(POSTERN_PAGE) unsigned char untouched[pages][POSTERN_PAGE];

bool is_present(uint64_t page) {
    unsigned char present = 0;
    EXPECT_EQUAL(rt::sys::call_raw(__NR_mincore, rt::domain::seen(page), POSTERN_PAGE, &present),
                 0);
    return (present & 1) != 0;
}

/// `access` of the page's `at` bytes; the page was absent before and is present after.
template <class Access>
void touch(uint64_t page, Access access, const char *file = __builtin_FILE(),
           int line = __builtin_LINE()) {
    harness::expect(!is_present(page), "nobody has touched the page", file, line);
    harness::expect(access(page + 40), "the access", file, line);
    harness::expect(places::is_closed(), "the window is closed", file, line);
    harness::expect(is_present(page), "the page is there", file, line);
}

template <class T>
bool gets_zero(uint64_t at) {
    return rt::get_user<T>(Domain::alice, claim_at(at)).value_or(1) == 0;
}
template <class T>
bool puts(uint64_t at) {
    return rt::put_user(Domain::alice, claim_at(at), T{7}) &&
           rt::get_user<T>(Domain::alice, claim_at(at)).value_or(0) == 7;
}
bool copies_from(uint64_t at) {
    uint64_t word = 1;
    return rt::copy_from_domain(Domain::alice, static_cast<void *>(&word), claim_at(at),
                                sizeof word) &&
           word == 0;
}
bool copies_to(uint64_t at) {
    const uint64_t word = 5;
    return rt::copy_to_domain(Domain::alice, claim_at(at), &word, sizeof word) &&
           rt::get_user<uint64_t>(Domain::alice, claim_at(at)).value_or(0) == 5;
}
bool reads_a_string(uint64_t at) {
    char text[8];
    const auto string = rt::string_from_domain(Domain::alice, text, claim_at(at));
    return string && string.value() == 0;
}
bool gets_in_a_window(uint64_t at) {
    const rt::UserAccess window(Domain::alice);
    return window.get<uint32_t>(claim_at(at)).value_or(1) == 0;
}
bool puts_in_a_window(uint64_t at) {
    const rt::UserAccess window(Domain::alice);
    return bool(window.put(claim_at(at), uint32_t{1}));
}

} // namespace

POSTERN_TEST("run.uaccess.the_first_touch_pages_in", SHOWS(first_touch_pages_in)) {
    bool (*const accesses[])(uint64_t) = {
        gets_zero<uint8_t>, gets_zero<uint16_t>, gets_zero<uint32_t>, gets_zero<uint64_t>,
        puts<uint8_t>,      puts<uint16_t>,      puts<uint32_t>,      puts<uint64_t>,
        copies_from,        copies_to,           reads_a_string,      gets_in_a_window,
        puts_in_a_window};
    size_t page = 0;
    for (const auto access : accesses) {
        touch(reinterpret_cast<uint64_t>(untouched[page++]), access);
    }
    // A copy whose second page is absent, and a page of her stack, which no call has reached.
    touch(reinterpret_cast<uint64_t>(untouched[page]), [](uint64_t at) {
        unsigned char ours[128];
        return bool(rt::copy_from_domain(Domain::alice, ours, claim_at(at - 64), sizeof ours));
    });
    touch(places::record_of(Domain::alice, linker::Kind::domain_stack).begin, gets_zero<uint64_t>);
}
