/// The attacker looks at words that others hand it by honest code: arguments, results, values put
/// into its memory. It wants the bytes beside the value: remains of the maker's stack, such as a
/// key of the monitor's or of bob's. What must hold: the types let no such byte cross.
#include "tests/harness/harness.h"

namespace {

struct Padded {
    uint8_t kind;
    uint32_t value;
};
struct Whole {
    uint8_t kind;
    uint8_t value[3];
};
/// The loosest struct that the library lets cross.
using Verdict = rt::base::conditional<rt::uaccess::may_cross<Padded>, Padded, Whole>;

constexpr unsigned char key_byte = 0xa5;

/// Puts a key on the stack of the domain that runs it, or of the monitor.
[[gnu::noinline]] void use_key() {
    unsigned char key[512];
    __builtin_memset(key, key_byte, sizeof key);
    asm volatile("" : : "r"(key) : "memory");
}

/// Honest: a verdict, written by its members into memory where the key was; the other variables put
/// it as deep in the stack as the key was.
[[gnu::noinline]] Verdict decide() {
    Verdict verdicts[16];
    asm volatile("" : : "r"(verdicts) : "memory");
    verdicts[0].kind = 1;
    __builtin_memset(&verdicts[0].value, 2, sizeof verdicts[0].value);
    asm volatile("" : : "r"(verdicts) : "memory");
    return verdicts[0];
}

Verdict judge() {
    use_key();
    return decide();
}

uint64_t word_of(Verdict verdict) {
    uint64_t word = 0;
    __builtin_memcpy(&word, &verdict, sizeof verdict);
    return word;
}

constexpr rt::Service<1, Verdict()> judge_service;
constexpr rt::Service<2, void(rt::Claimed)> store_service;

Verdict handle_judge(Domain) {
    return judge();
}
void handle_store(Domain caller, rt::Claimed to) {
    EXPECT(bool(rt::put_user(caller, to, judge())));
}

POSTERN_BSS(alice) uint64_t memory;

// In bob.
constexpr rt::Entry<Domain::bob, judge> judge_entry;
// In alice: the whole word, whatever its type says.
constexpr rt::Entry<Domain::alice, word_of> word_of_entry;
constexpr rt::CrossCall<1, Domain::alice, judge_entry> to_judge;
constexpr rt::CrossCall<2, Domain::bob, word_of_entry> to_word_of;

uint64_t ask_the_monitor() {
    return rt_gate_service(judge_service.number, 0, 0, 0, 0, 0);
}
uint64_t have_it_stored() {
    memory = 0;
    store_service(rt::Claimed::of(&memory));
    return memory;
}
uint64_t ask_bob() {
    return rt_gate_cross(to_judge.number, 0, 0, 0, 0, 0).value;
}
constexpr rt::Entry<Domain::alice, ask_the_monitor> ask_the_monitor_entry;
constexpr rt::Entry<Domain::alice, have_it_stored> have_it_stored_entry;
constexpr rt::Entry<Domain::alice, ask_bob> ask_bob_entry;

/// In bob: what alice makes of a verdict of his.
uint64_t tell_alice() {
    use_key();
    return to_word_of(decide()).value_or(0);
}
constexpr rt::Entry<Domain::bob, tell_alice> tell_alice_entry;

/// Alice has seen a verdict, and no byte of the key.
void expect_no_key(const rt::Result<uint64_t, rt::Fault> &word, const char *file = __builtin_FILE(),
                   int line = __builtin_LINE()) {
    harness::expect_equal(word.value_or(0) & 0xff, 1, "the verdict's kind", file, line);
    for (uint64_t rest = word.value_or(0); rest != 0; rest >>= 8) {
        harness::expect((rest & 0xff) != key_byte, "no byte of the key", file, line);
    }
}

} // namespace

POSTERN_SERVICES(rt::provide<judge_service, handle_judge>(Domain::alice),
                 rt::provide<store_service, handle_store>(Domain::alice));
POSTERN_CROSS_CALLS(to_judge, to_word_of);

POSTERN_TEST("attack.padding.argument_of_a_call", SHOWS(values_carry_no_padding),
             TRIES(attack_99)) {
    use_key();
    expect_no_key(rt::call<Domain::alice>(word_of_entry, decide()));
}
POSTERN_TEST("attack.padding.result_of_a_service", SHOWS(values_carry_no_padding),
             TRIES(attack_99)) {
    expect_no_key(rt::call<Domain::alice>(ask_the_monitor_entry));
}
POSTERN_TEST("attack.padding.value_put_into_its_memory", SHOWS(values_carry_no_padding),
             TRIES(attack_99)) {
    expect_no_key(rt::call<Domain::alice>(have_it_stored_entry));
}
POSTERN_TEST("attack.padding.result_of_a_cross_call", SHOWS(values_carry_no_padding),
             TRIES(attack_99)) {
    expect_no_key(rt::call<Domain::alice>(ask_bob_entry));
}
POSTERN_TEST("attack.padding.argument_of_a_cross_call", SHOWS(values_carry_no_padding),
             TRIES(attack_99)) {
    expect_no_key(rt::call<Domain::bob>(tell_alice_entry));
}
