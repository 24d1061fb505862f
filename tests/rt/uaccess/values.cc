/// Single values and structs copied out of a domain's memory: bools, enums, padding.
#include "rt/uaccess/value.h"
#include "tests/rt/uaccess/places.h"

namespace {

using places::claim;

enum class Colour : uint8_t { red = 1 };
struct Answer {
    uint8_t weight;
    bool good;
    Colour colours[2];
};
struct Padded { // three bytes of padding, and seven
    uint8_t kind;
    uint32_t value;
    uint64_t word;
    uint8_t end;
};

POSTERN_BSS(alice) uint8_t bytes[sizeof(Padded)];

void put_bytes(const void *from, size_t count) {
    EXPECT(bool(rt::copy_to_domain(Domain::alice, claim(bytes), from, count)));
}
unsigned number_of(const bool &flag) {
    return *reinterpret_cast<const volatile unsigned char *>(&flag);
}

/// How many bytes 0xa5 alice finds in a struct that was made in memory full of them.
uint64_t stale_bytes(bool cleared) {
    alignas(Padded) unsigned char memory[sizeof(Padded)];
    __builtin_memset(memory, 0xa5, sizeof memory);
    auto &padded = *reinterpret_cast<Padded *>(memory);
    padded.kind = 1;
    padded.value = 2;
    padded.word = 3;
    padded.end = 4;
    if (cleared) {
        rt::clear_padding(padded);
    }
    EXPECT(padded.kind == 1 && padded.value == 2 && padded.word == 3 && padded.end == 4);
    put_bytes(&padded, sizeof padded);
    unsigned char seen[sizeof(Padded)];
    EXPECT(bool(rt::copy_from_domain(Domain::alice, seen, claim(bytes), sizeof seen)));
    uint64_t stale = 0;
    for (const unsigned char byte : seen) {
        stale += byte == 0xa5 ? 1 : 0;
    }
    return stale;
}

} // namespace

static_assert(rt::base::is_whole<Answer> && !rt::base::is_whole<Padded>);
static_assert(rt::base::is_whole<Padded, 4, 13> && !rt::base::is_whole<Padded, 0, 2>);
static_assert(rt::base::holds_any_bytes<Padded> && !rt::base::holds_any_bytes<Answer>);
static_assert(!rt::base::holds_any_bytes<Answer, 1, 1> && rt::base::holds_any_bytes<Answer, 2, 2>);

POSTERN_TEST("deny.uaccess.bools_that_are_neither_true_nor_false", SHOWS(bools_are_true_or_false)) {
    for (unsigned flag = 0; flag < 256; ++flag) {
        const uint8_t memory[4] = {200, static_cast<uint8_t>(flag), 1, 0xee};
        put_bytes(memory, sizeof memory);
        const auto alone = rt::get_user<bool>(Domain::alice, claim(bytes[1]));
        EXPECT(alone && number_of(alone.value()) == (flag != 0 ? 1u : 0u));
        const auto answer = rt::get_user<Answer>(Domain::alice, claim(bytes));
        EXPECT(answer && answer.value().weight == 200);
        EXPECT(answer && number_of(answer.value().good) == (flag != 0 ? 1u : 0u));
        const rt::UserAccess window(Domain::alice);
        const auto other = window.get<Answer>(claim(bytes));
        EXPECT(other && number_of(other.value().good) == (flag != 0 ? 1u : 0u));
    }
}

POSTERN_TEST("run.uaccess.an_enum_is_whatever_the_domain_has", SHOWS(bools_are_true_or_false)) {
    const uint8_t memory[4] = {0, 0, 1, 0xee};
    put_bytes(memory, sizeof memory);
    const auto answer = rt::get_user<Answer>(Domain::alice, claim(bytes));
    EXPECT(answer && answer.value().colours[0] == Colour::red);
    EXPECT(answer && static_cast<uint8_t>(answer.value().colours[1]) == 0xee);
}

POSTERN_TEST("run.uaccess.a_struct_is_copied_without_its_cleared_padding",
             SHOWS(values_carry_no_padding)) {
    EXPECT_EQUAL(stale_bytes(false), 10);
    EXPECT_EQUAL(stale_bytes(true), 0);
}
