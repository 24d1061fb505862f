/// The bytes of a patched site: the replacement, then the fewest NOPs that fill it.
#include "rt/patch/nops.h"
#include "tests/harness/harness.h"

namespace {

/// The length of the NOP at `code`, decoded by the manual's table of ModRM bytes; 0 where there is
/// none. [sdm-2 NOP, 2.1.5]
unsigned nop_length(const uint8_t *code) {
    const unsigned prefix = code[0] == 0x66 ? 1 : 0;
    code += prefix;
    if (code[0] == 0x90) {
        return prefix + 1;
    }
    if (code[0] != 0x0f || code[1] != 0x1f || (code[2] & 0x38) != 0) {
        return 0;
    }
    const unsigned mode = code[2] >> 6;
    const unsigned sib = (code[2] & 7) == 4 ? 1 : 0;
    const unsigned displacement = mode == 0 ? 0 : mode == 1 ? 1 : 4;
    return mode == 3 ? 0 : prefix + 3 + sib + displacement;
}

constexpr unsigned room = 300;
constexpr uint8_t untouched = 0xcc;
constexpr uint8_t replacement[] = {0xe9, 1, 2, 3, 4};

/// Fills `length` bytes and checks them. The bytes after them must stay as they are.
void expect_filled(unsigned length, unsigned count) {
    uint8_t site[room];
    __builtin_memset(site, untouched, sizeof site);
    rt::patch::fill(site, length, replacement, count);
    unsigned at = 0;
    while (at < count && at < length) {
        EXPECT_EQUAL(site[at], replacement[at]);
        ++at;
    }
    const unsigned left = length - at;
    unsigned instructions = 0;
    for (unsigned bytes = 1; at < length && bytes != 0; at += bytes) {
        bytes = nop_length(site + at);
        EXPECT(bytes != 0 && at + bytes <= length);
        ++instructions;
    }
    EXPECT_EQUAL(instructions, (left + rt::patch::longest_nop - 1) / rt::patch::longest_nop);
    for (unsigned i = length; i < room; ++i) {
        EXPECT_EQUAL(site[i], untouched);
    }
}

} // namespace

POSTERN_TEST("unit.alternatives.nops_fill_every_length", SHOWS(alternatives_match_features)) {
    for (unsigned length = 0; length <= UINT8_MAX; ++length) {
        expect_filled(length, 0);
        expect_filled(length, sizeof replacement);
    }
}

// The bytes themselves, written down once more.
POSTERN_TEST("unit.alternatives.nops_are_those_of_the_manual", SHOWS(alternatives_match_features)) {
    constexpr uint8_t nine_and_two[] = {0x66, 0x0f, 0x1f, 0x84, 0, 0, 0, 0, 0, 0x66, 0x90};
    uint8_t site[sizeof nine_and_two];
    rt::patch::fill(site, sizeof site, nullptr, 0);
    EXPECT_EQUAL(__builtin_memcmp(site, nine_and_two, sizeof site), 0);
    constexpr uint8_t three[] = {0x0f, 0x1f, 0x00};
    rt::patch::fill(site, sizeof three, nullptr, 0);
    EXPECT_EQUAL(__builtin_memcmp(site, three, sizeof three), 0);
}
