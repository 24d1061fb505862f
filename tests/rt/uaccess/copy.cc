/// Checked copies that are allowed: sizes, alignments, and every edge of a region.
#include "rt/key/pkru.h"
#include "rt/key/view.h"
#include "tests/rt/uaccess/places.h"

namespace {

using places::alice_area;
using places::area_bytes;
using places::claim;

constexpr size_t room = area_bytes;
constinit unsigned char ours[room + 2];

unsigned char pattern(size_t index, unsigned round) {
    return static_cast<unsigned char>(index * 7 + index / 256 + round * 31 + 1);
}

/// How far after a copy that ends at `to` the tests look.
size_t end_of_view(size_t to) {
    return to + 40 < area_bytes ? to + 40 : area_bytes;
}

/// In the domain: bytes [from, to) of the area hold the pattern of `round`, all before and some
/// after are 0xee; the number of bytes that are something else.
uint64_t count_wrong(uint64_t from, uint64_t to, uint32_t round) {
    uint64_t wrong = 0;
    for (size_t i = 0; i < end_of_view(to); ++i) {
        const unsigned char wanted = i >= from && i < to ? pattern(i - from, round) : 0xee;
        wrong += alice_area[i] != wanted;
    }
    return wrong;
}
/// In the domain: the other way round, pattern in [from, to), 0xee elsewhere.
void fill(uint64_t from, uint64_t to, uint32_t round) {
    for (size_t i = 0; i < end_of_view(to); ++i) {
        alice_area[i] = i >= from && i < to ? pattern(i - from, round) : 0xee;
    }
}
uint64_t word_at(uint64_t address) {
    return *reinterpret_cast<const uint64_t *>(address);
}

constexpr rt::Entry<Domain::alice, count_wrong> alice_counts_wrong;
constexpr rt::Entry<Domain::alice, fill> alice_fills;
constexpr rt::Entry<Domain::alice, word_at> alice_word_at;

/// Copies `bytes` bytes to offset `to` of alice's area; she finds them and nothing else.
bool copies_in(size_t to, size_t bytes, uint32_t round) {
    if (!rt::call<Domain::alice>(alice_fills, uint64_t{to + bytes}, uint64_t{to + bytes}, 0u)) {
        return false;
    }
    for (size_t i = 0; i < bytes; ++i) {
        ours[i] = pattern(i, round);
    }
    return rt::copy_to_domain(Domain::alice, claim(alice_area[to]), ours, bytes) &&
           rt::call<Domain::alice>(alice_counts_wrong, uint64_t{to}, uint64_t{to + bytes}, round)
                   .value_or(1) == 0;
}

/// The other way: into our buffer at offset 1 + `to`, whose neighbours stay as they were.
bool copies_out(size_t from, size_t bytes, uint32_t round) {
    if (!rt::call<Domain::alice>(alice_fills, uint64_t{from}, uint64_t{from + bytes}, round)) {
        return false;
    }
    const size_t view = bytes + 40 < room ? bytes + 40 : room;
    for (size_t i = 0; i < view + 2; ++i) {
        ours[i] = 0xdd;
    }
    if (!rt::copy_from_domain(Domain::alice, ours + 1, claim(alice_area[from]), bytes)) {
        return false;
    }
    size_t wrong = ours[0] != 0xdd;
    for (size_t i = 0; i < view + 1; ++i) {
        wrong += ours[1 + i] != (i < bytes ? pattern(i, round) : 0xdd);
    }
    return wrong == 0;
}

} // namespace

POSTERN_TEST("run.uaccess.every_size_and_alignment", SHOWS(copies_check_ranges)) {
    const size_t sizes[] = {0, 1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 33, 63, 64, 65, 255, 4096, 4097};
    for (const size_t bytes : sizes) {
        for (size_t offset = 0; offset < 9; ++offset) {
            const auto round = static_cast<uint32_t>(bytes + offset);
            EXPECT(copies_in(offset, bytes, round));
            EXPECT(copies_out(offset, bytes, round));
        }
    }
}

POSTERN_TEST("run.uaccess.across_pages") {
    const auto start = reinterpret_cast<uint64_t>(alice_area);
    const size_t edge = (POSTERN_PAGE - start % POSTERN_PAGE) % POSTERN_PAGE + POSTERN_PAGE;
    for (size_t before = 0; before < 3; ++before) {
        for (size_t bytes = 0; bytes < 5; ++bytes) {
            EXPECT(copies_in(edge - before, bytes, static_cast<uint32_t>(bytes)));
            EXPECT(copies_out(edge - before, bytes, static_cast<uint32_t>(bytes)));
        }
    }
    EXPECT(copies_in(0, room, 5));
    EXPECT(copies_out(0, room, 6));
}

POSTERN_TEST("run.uaccess.whole_regions_edge_to_edge", SHOWS(copies_check_ranges)) {
    const linker::Kind kinds[] = {linker::Kind::domain, linker::Kind::domain_stack};
    for (const auto kind : kinds) {
        const auto &record = places::record_of(Domain::alice, kind);
        const uint64_t ends[] = {record.begin, record.end - 8};
        for (const uint64_t end : ends) {
            const auto claimed = rt::Claimed::from_raw(end);
            uint64_t saved = 0;
            EXPECT(
                bool(rt::copy_from_domain(Domain::alice, &saved, rt::Claimed::from_raw(end), 8)));
            uint64_t value = 0x1122334455667788 + end;
            EXPECT(bool(rt::copy_to_domain(Domain::alice, claimed, &value, 8)));
            uint64_t back = 0;
            EXPECT(bool(rt::copy_from_domain(Domain::alice, &back, rt::Claimed::from_raw(end), 8)));
            EXPECT_EQUAL(back, value);
            if (kind == linker::Kind::domain) { // a call of hers would overwrite the stack's end
                EXPECT_EQUAL(rt::call<Domain::alice>(alice_word_at, end).value_or(0), value);
            }
            EXPECT(bool(rt::copy_to_domain(Domain::alice, claimed, &saved, 8)));
        }
        // All of it at once, and nothing at its very end.
        EXPECT(bool(rt::copy_from_domain(Domain::alice, ours,
                                         rt::Claimed::from_raw(record.end - room), room)));
        EXPECT(
            bool(rt::copy_from_domain(Domain::alice, ours, rt::Claimed::from_raw(record.end), 0)));
    }
}

// Of the two domains' keys, a window opens the one and for the one copy.
POSTERN_TEST("run.uaccess.the_view_is_the_monitors_again", SHOWS(window_is_closed_again)) {
    uint64_t word = 0;
    EXPECT(
        bool(rt::copy_from_domain(Domain::alice, &word, claim(places::alice_word), sizeof word)));
    EXPECT_EQUAL(word, 0x0807060504030201);
    EXPECT(places::has_view(rt::key::monitor_view));
    EXPECT(bool(rt::copy_to_domain(Domain::bob, claim(places::bob_word), &places::bob_word, 0)));
    EXPECT(places::has_view(rt::key::monitor_view));
}
