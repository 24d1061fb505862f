/// Checked copies that are refused: EFAULT, nothing is copied, and the monitor's buffer holds
/// zeros.
#include "tests/rt/uaccess/places.h"

namespace {

using linker::Kind;
using places::claim;

constinit uint64_t monitor_word = 0x3c3c;
const uint64_t constant = 0x4d4d;

struct Range {
    uint64_t begin;
    uint64_t bytes;
};

uint64_t address_of(const void *object) {
    return reinterpret_cast<uint64_t>(object);
}

/// alice's own word is copied, then `range` is not: in neither direction.
void refuse(Range range, const char *file = __builtin_FILE(), int line = __builtin_LINE()) {
    uint64_t word = 0;
    const bool allowed =
        rt::copy_from_domain(Domain::alice, &word, claim(places::alice_word), sizeof word) &&
        rt::copy_to_domain(Domain::alice, claim(places::alice_word), &word, sizeof word);
    harness::expect(allowed && word == 0x0807060504030201, "her own word is copied", file, line);

    unsigned char ours[64];
    for (auto &byte : ours) {
        byte = 0xdd;
    }
    const auto claimed = rt::Claimed::from_raw(range.begin);
    const auto from =
        rt::copy_from_domain(Domain::alice, ours, rt::Claimed::from_raw(range.begin), range.bytes);
    harness::expect(!from && from.error() == rt::Errno::bad_address && from.copied() == 0,
                    "EFAULT from there", file, line);
    const size_t wiped = range.bytes < sizeof ours ? range.bytes : sizeof ours;
    size_t wrong = 0;
    for (size_t i = 0; i < sizeof ours; ++i) {
        wrong += ours[i] != (i < wiped ? 0 : 0xdd);
    }
    harness::expect_equal(wrong, 0, "bytes of the monitor's buffer that are wrong", file, line);
    const auto to = rt::copy_to_domain(Domain::alice, claimed, ours, range.bytes);
    harness::expect(!to && to.error() == rt::Errno::bad_address && to.copied() == 0,
                    "EFAULT to there", file, line);
    const auto cleared = rt::clear_in_domain(Domain::alice, claimed, range.bytes);
    harness::expect(!cleared && cleared.error() == rt::Errno::bad_address && cleared.copied() == 0,
                    "EFAULT for zeros there", file, line);
}

/// The last word of a region of alice's and what follows it.
uint64_t word_before(uint64_t end) {
    uint64_t word = 0;
    static_cast<void>(
        rt::copy_from_domain(Domain::alice, &word, rt::Claimed::from_raw(end - 8), sizeof word));
    return word;
}

} // namespace

POSTERN_TEST("deny.uaccess.other_memory", SHOWS(copies_check_ranges, faulting_access_is_efault),
             TRIES(attack_38)) {
    refuse({address_of(&monitor_word), 8});
    refuse({address_of(&places::bob_word), 8});
    refuse({address_of(&constant), 8});
    refuse({address_of(__text_start), 8});
    refuse({address_of(__pristine_start) + 8, 8});
    refuse({address_of(__arguments_start), 8});
    refuse({address_of(__monitor_stack_end) - 8, 8});
    refuse({address_of(__arena_start) + POSTERN_SLOT_PRIVATE, 8});
    refuse({address_of(__arena_start) + POSTERN_SLOT_PUBLIC, 8});
    refuse({places::record_of(Domain::bob, Kind::domain_stack).end - 8, 8});
    EXPECT_EQUAL(monitor_word, 0x3c3c);
    uint64_t bobs = 0;
    EXPECT(bool(rt::copy_from_domain(Domain::bob, &bobs, claim(places::bob_word), sizeof bobs)));
    EXPECT_EQUAL(bobs, 0x5b0b);
}

POSTERN_TEST("deny.uaccess.no_memory", SHOWS(copies_check_ranges)) {
    const uint64_t addresses[] = {0,
                                  8,
                                  POSTERN_PAGE,
                                  POSTERN_BASE - 8,
                                  0x7ffffffff000,
                                  0x800000000000,
                                  0x8000000000000000,
                                  0xffff800000000000,
                                  0xfffffffffffffff8,
                                  0xffffffffffffffff};
    for (const uint64_t address : addresses) {
        refuse({address, 0});
        refuse({address, 1});
        refuse({address, 8});
    }
}

POSTERN_TEST("deny.uaccess.ranges_that_wrap", SHOWS(copies_check_ranges), TRIES(attack_38)) {
    const auto &data = places::record_of(Domain::alice, Kind::domain);
    const uint64_t starts[] = {data.begin, data.begin + 1, data.end - 1,
                               address_of(&places::alice_word)};
    for (const uint64_t start : starts) {
        refuse({start, ~uint64_t{0}});
        refuse({start, 0 - start});              // ends at 0
        refuse({start, 0 - start + 1});          // ends at 1
        refuse({start, data.begin - start - 1}); // ends just below the region
        refuse({start, uint64_t{1} << 63});
        refuse({start, (uint64_t{1} << 32) + 1}); // a size whose low half looks harmless
    }
    refuse({data.begin - 1, ~uint64_t{0}}); // from one below, around, to two below
}

POSTERN_TEST("deny.uaccess.edges", SHOWS(copies_check_ranges)) {
    const Kind kinds[] = {Kind::domain, Kind::domain_stack};
    for (const auto kind : kinds) {
        const auto &record = places::record_of(Domain::alice, kind);
        const uint64_t bytes = record.end - record.begin;
        const uint64_t last = word_before(record.end);
        refuse({record.begin - 1, 1});
        refuse({record.begin - 1, 2});
        refuse({record.begin - 1, bytes + 2});
        refuse({record.begin, bytes + 1});
        refuse({record.end - 1, 2});
        refuse({record.end - 8, 9});
        refuse({record.end, 1});
        refuse({record.end + 1, 0});
        refuse({record.begin - POSTERN_PAGE, POSTERN_PAGE});
        EXPECT_EQUAL(word_before(record.end), last);
    }
    // Both are hers; the memory between them is not.
    const auto &data = places::record_of(Domain::alice, Kind::domain);
    const auto &stack = places::record_of(Domain::alice, Kind::domain_stack);
    refuse({data.begin, stack.end - data.begin});
    refuse({data.end - 8, stack.begin + 8 - (data.end - 8)});
}

// As a service would do it with what a domain claims.
POSTERN_TEST("deny.uaccess.each_domain_by_its_own_name", SHOWS(copies_check_ranges)) {
    uint64_t word = 0;
    EXPECT(bool(rt::copy_from_domain(Domain::bob, &word, claim(places::bob_word), sizeof word)));
    EXPECT_EQUAL(word, 0x5b0b);
    word = 1;
    const auto crossed =
        rt::copy_from_domain(Domain::bob, &word, claim(places::alice_word), sizeof word);
    EXPECT(!crossed && crossed.error() == rt::Errno::bad_address);
    EXPECT_EQUAL(word, 0);
    const auto written =
        rt::copy_to_domain(Domain::alice, claim(places::bob_word), &word, sizeof word);
    EXPECT(!written && written.error() == rt::Errno::bad_address);
    EXPECT(bool(rt::copy_from_domain(Domain::bob, &word, claim(places::bob_word), sizeof word)));
    EXPECT_EQUAL(word, 0x5b0b);
}
