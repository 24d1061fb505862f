/// Strings out of a domain: lengths around the buffer's, at the end of a region, and what an error
/// leaves.
#include "tests/rt/uaccess/places.h"

namespace {

using places::claim;
using places::claim_at;

constexpr size_t room = 8;

/// The string of `length` bytes at `at`, with its null byte when that fits in her region.
void write(uint64_t at, size_t length, bool terminated) {
    for (size_t i = 0; i < length; ++i) {
        const auto letter = static_cast<char>('a' + i);
        EXPECT(bool(rt::put_user(Domain::alice, claim_at(at + i), letter)));
    }
    if (terminated) {
        EXPECT(bool(rt::put_user(Domain::alice, claim_at(at + length), '\0')));
    }
}

struct Read {
    rt::Errno error; // none when it was read
    size_t length;
    bool exact; // the bytes, its null byte and nothing else were written; all zeros after an error
};
Read read(uint64_t at) {
    char text[room + 2];
    __builtin_memset(text, '#', sizeof text);
    auto &array = *reinterpret_cast<char(*)[room]>(text + 1);
    const auto got = rt::string_from_domain(Domain::alice, array, claim_at(at));
    const size_t length = got.value_or(0);
    bool exact = text[0] == '#' && text[room + 1] == '#';
    for (size_t i = 0; i < room; ++i) {
        char wanted = '\0';
        if (got) {
            wanted = i < length ? static_cast<char>('a' + i) : i == length ? '\0' : '#';
        }
        exact = exact && array[i] == wanted;
    }
    return {got ? rt::Errno::none : got.error(), length, exact};
}

void expect_error(uint64_t at, rt::Errno error, const char *file = __builtin_FILE(),
                  int line = __builtin_LINE()) {
    const auto seen = read(at);
    harness::expect(seen.error == error, "the error", file, line);
    harness::expect(seen.exact, "the buffer is all zeros", file, line);
}

} // namespace

POSTERN_TEST("run.uaccess.strings_up_to_the_buffers_room", SHOWS(strings_are_bounded)) {
    const uint64_t at = claim(places::alice_area[1]).raw();
    for (size_t length = 0; length < room; ++length) {
        write(at, length, true);
        const auto seen = read(at);
        EXPECT(seen.error == rt::Errno::none && seen.exact);
        EXPECT_EQUAL(seen.length, length);
    }
}

POSTERN_TEST("deny.uaccess.strings_that_do_not_fit", SHOWS(strings_are_bounded)) {
    const uint64_t at = claim(places::alice_area[1]).raw();
    write(at, room - 1, true);
    EXPECT(read(at).error == rt::Errno::none);
    write(at, room, true); // its null byte is the first that does not fit
    expect_error(at, rt::Errno::name_too_long);
    write(at, 2 * room, true);
    expect_error(at, rt::Errno::name_too_long);
    char none[1] = {'#'};
    const auto got = rt::string_from_domain(Domain::alice, none, 0, claim_at(at));
    EXPECT(!got && got.error() == rt::Errno::name_too_long && none[0] == '#');
}

POSTERN_TEST("deny.uaccess.strings_that_end_with_the_region", SHOWS(strings_are_bounded)) {
    const uint64_t end = places::record_of(Domain::alice, linker::Kind::domain).end;
    uint64_t saved[2];
    EXPECT(bool(
        rt::copy_from_domain(Domain::alice, saved, claim_at(end - sizeof saved), sizeof saved)));
    for (size_t length = 0; length < room; ++length) { // the null byte is the region's last
        write(end - length - 1, length, true);
        EXPECT(read(end - length - 1).exact && read(end - length - 1).length == length);
        EXPECT(read(end - length - 1).error == rt::Errno::none);
    }
    for (size_t length = 1; length <= room; ++length) {
        write(end - length, length, false);
        expect_error(end - length, rt::Errno::bad_address);
    }
    expect_error(end, rt::Errno::bad_address);
    EXPECT(
        bool(rt::copy_to_domain(Domain::alice, claim_at(end - sizeof saved), saved, sizeof saved)));
}

POSTERN_TEST("deny.uaccess.strings_of_others", SHOWS(strings_are_bounded)) {
    constinit static const char ours[] = "ours";
    const uint64_t places[] = {claim(ours).raw(), claim(places::bob_word).raw(), 0, ~uint64_t{0},
                               reinterpret_cast<uint64_t>(__monitor_stack_start)};
    for (const uint64_t at : places) {
        expect_error(at, rt::Errno::bad_address);
    }
}
