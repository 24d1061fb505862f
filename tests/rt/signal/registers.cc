/// Interrupted code goes on with all registers that it had.
#include "tests/harness/harness.h"
#include "tests/rt/signal/hold.h"
#include "tests/rt/signal/ticks.h"

namespace {

struct Dump {
    alignas(64) uint64_t words[TEST_HOLD_BYTES / 8];
    bool operator==(const Dump &) const = default;
};

POSTERN_BSS(alice) Dump alice_dump;
constinit Dump monitor_dump = {};
constexpr rt::Entry<Domain::alice, test_hold> hold;

constexpr uint64_t arithmetic_flags = 0x8d7;
constexpr uint64_t domain_flags = arithmetic_flags | 0x204400; // ID, NT, DF

Dump hold_in_alice(uint64_t count) {
    Dump seen{};
    const auto dump = reinterpret_cast<uint64_t>(&alice_dump);
    const auto held = rt::call<Domain::alice>(hold, count, dump, domain_flags);
    if (!EXPECT(bool(held))) {
        rt::log("{}", held.fault());
    }
    EXPECT(bool(
        rt::copy_from_domain(Domain::alice, &seen, rt::Claimed::of(&alice_dump), sizeof seen)));
    return seen;
}

Dump hold_in_monitor(uint64_t count) {
    monitor_dump = {};
    test_hold(count, reinterpret_cast<uint64_t>(&monitor_dump), arithmetic_flags);
    return monitor_dump;
}

void expect_same(const Dump &seen, const Dump &wanted) {
    for (size_t word = 0; word < sizeof seen.words / sizeof seen.words[0]; ++word) {
        if (seen.words[word] != wanted.words[word]) {
            rt::log("word {} of the dump: {}, wanted {}", word, rt::Hex{seen.words[word]},
                    rt::Hex{wanted.words[word]});
        }
    }
}

/// `hold` again and again, until so many signals have come, against one that no signal interrupts.
void expect_unchanged(Dump (*hold)(uint64_t), uint64_t flags) {
    constexpr uint64_t long_enough = 20'000;
    const Dump wanted = hold(1);
    EXPECT_EQUAL(wanted.words[15], flags | 0x202);
    EXPECT(wanted.words[0] == 0x444f4d41494e2121 && wanted.words[16 + 20] != 0);
    const ticks::Ticks ticks(100);
    while (ticks::seen() < harness::scaled(20'000)) {
        const Dump seen = hold(long_enough);
        if (!EXPECT(seen == wanted)) {
            expect_same(seen, wanted);
            return;
        }
    }
}

} // namespace

POSTERN_TEST("run.signal.a_domains_registers_survive", SHOWS(signal_at_any_instruction)) {
    expect_unchanged(hold_in_alice, domain_flags);
}
POSTERN_TEST("run.signal.the_monitors_registers_survive", SHOWS(signal_at_any_instruction)) {
    expect_unchanged(hold_in_monitor, arithmetic_flags);
}
