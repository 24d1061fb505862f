/// The attacker reads what it may: all of key 0, its own key and, where it is open, the frame key.
/// It looks there for secrets of others: the monitor's data and stack, bob's memory, the command
/// line, the environment, the kernel's random bytes. What must hold: it finds none, except for
/// those that are there on purpose.
#include "linker/symbols.h"
#include "rt/sys/smaps.h"
#include "tests/crt/reexec.h"
#include "tests/harness/harness.h"

namespace {

constexpr size_t needle_bytes = 16;
struct Needle {
    uint64_t low, high;
};

/// In read-only data, so on key 0, and nowhere else.
[[gnu::used, gnu::retain]] const char on_purpose[] = "sixteen bytes!!!";

constexpr size_t most_ranges = 64;
struct Range {
    uint64_t begin, end;
};
POSTERN_BSS(alice) Range ranges[most_ranges];
POSTERN_BSS(bob) Needle bobs;
constinit Needle monitors{};

/// Runs in alice: how many places of its ranges hold the needle. Its own copies of the needle are
/// in registers or on its stack, which is none of the ranges.
uint64_t count(uint64_t low, uint64_t high, uint64_t range_count) {
    uint64_t found = 0;
    for (uint64_t i = 0; i < range_count; ++i) {
        const auto *end = reinterpret_cast<const char *>(ranges[i].end - needle_bytes);
        for (const auto *at = reinterpret_cast<const char *>(ranges[i].begin); at <= end; ++at) {
            uint64_t words[2];
            __builtin_memcpy(words, at, sizeof words);
            found += words[0] == low && words[1] == high ? 1 : 0;
        }
    }
    return found;
}
constexpr rt::Entry<Domain::alice, count> count_entry;

void keep(uint64_t low, uint64_t high) {
    bobs = {low, high};
}
constexpr rt::Entry<Domain::bob, keep> keep_entry;

/// Puts all readable mappings with key 0 or the frame key into alice's memory; how many.
uint64_t give_ranges() {
    rt::sys::Smaps maps;
    Range found[most_ranges];
    uint64_t number = 0;
    for (;;) {
        const auto next = maps.next();
        if (!EXPECT(bool(next)) || next.value() == nullptr || number == most_ranges) {
            break;
        }
        const auto &mapping = *next.value();
        const bool is_open = mapping.key == POSTERN_KEY_SHARED || mapping.key == POSTERN_KEY_FRAME;
        if (mapping.permissions[0] == 'r' && is_open && !mapping.is_named("[vsyscall]")) {
            found[number++] = {mapping.begin, mapping.end};
        }
    }
    EXPECT(bool(rt::copy_to_domain(Domain::alice, rt::Claimed::of(ranges), found, sizeof found)));
    return number;
}

Needle needle_of(const char *text) {
    Needle needle;
    __builtin_memcpy(&needle, text, sizeof needle);
    return needle;
}

uint64_t found_by_alice(Needle needle, uint64_t range_count) {
    const auto found = rt::call<Domain::alice>(count_entry, needle.low, needle.high, range_count);
    EXPECT(bool(found));
    return found.value_or(~uint64_t{0});
}

/// The ends of words of the start that are long enough to be looked for; names of variables are in
/// read-only data.
template <class Visit>
void for_each_word(const char *const *words, Visit visit) {
    for (; *words != nullptr; ++words) {
        size_t length = 0;
        while ((*words)[length] != '\0') {
            ++length;
        }
        if (length >= needle_bytes) {
            visit(needle_of(*words + length - needle_bytes));
        }
    }
}

} // namespace

POSTERN_TEST("attack.key_0.holds_no_secret", SHOWS(no_secret_is_readable), TRIES(attack_51)) {
    constexpr uint64_t at_random = 25; // AT_RANDOM [getauxval(3)]
    const uint64_t number = give_ranges();
    EXPECT(number > 0 && number < most_ranges);
    EXPECT_EQUAL(found_by_alice(needle_of(on_purpose), number), 1); // it looks where it should
    const auto &handoff = reexec::handoff(harness::arguments());
    const auto *random_bytes =
        reinterpret_cast<const char *>(handoff.auxiliary_value(at_random, 0));
    const Needle random = needle_of(random_bytes);
    EXPECT_EQUAL(found_by_alice(random, number), 0);
    monitors = {random.low ^ 0x5555, random.high ^ 0x5555};
    EXPECT_EQUAL(found_by_alice(monitors, number), 0);
    volatile Needle on_stack;
    on_stack.low = random.low ^ 0xaaaa;
    on_stack.high = random.high ^ 0xaaaa;
    EXPECT_EQUAL(found_by_alice({on_stack.low, on_stack.high}, number), 0);
    const Needle of_bob{random.low ^ 0x3333, random.high ^ 0x3333};
    EXPECT(bool(rt::call<Domain::bob>(keep_entry, of_bob.low, of_bob.high)));
    EXPECT_EQUAL(found_by_alice(of_bob, number), 0);
    for_each_word(handoff.arguments,
                  [&](Needle word) { EXPECT_EQUAL(found_by_alice(word, number), 0); });
    for_each_word(handoff.environment,
                  [&](Needle word) { EXPECT_EQUAL(found_by_alice(word, number), 0); });
}
