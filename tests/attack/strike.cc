/// One strike: a hostile domain loads a register file of the test's choice and jumps.
#include "tests/attack/strike.h"

#include "rt/key/view.h"
#include "tests/attack/canaries.h"

extern "C" {
/// tests/attack/strike.S.
uint64_t attack_strike();
extern const char attack_file[];
}

namespace attack {

namespace {

constexpr size_t stack_words = 2048;
constexpr size_t first_return = stack_words - 64;

POSTERN_BSS(alice) uint64_t alice_stack[stack_words];
POSTERN_BSS(alice) uint64_t alice_loot[64];

constexpr rt::Entry<Domain::alice, strike_from_alice> entry;

using rt::key::number_of;

constexpr uint32_t window_of(Domain domain) {
    return rt::key::is_own(domain) ? rt::key::monitor_view.raw()
                                   : rt::key::window_view(rt::key::key_of(domain)).raw();
}

template <class Answer>
Outcome outcome_of(const Answer &answer) {
    if (answer) {
        return {true, answer.value(), {}};
    }
    return {false, 0, answer.fault()};
}

} // namespace

constinit const Views views = {
    .monitor = rt::key::monitor_view.raw(),
    .alice = rt::key::view_of_number(number_of(Domain::alice)).raw(),
    .bob = rt::key::view_of_number(number_of(Domain::bob)).raw(),
    .window_alice = window_of(Domain::alice),
    .window_bob = window_of(Domain::bob),
    .initial = rt::key::initial_view.raw(),
};

uint64_t strike_from_alice() {
    for (size_t word = first_return; word < stack_words; ++word) {
        alice_stack[word] = address_of(attack_poke);
    }
    for (uint64_t &word : alice_loot) {
        word = loot;
    }
    return attack_strike();
}

uint64_t own_stack() {
    return address_of(&alice_stack[first_return]);
}

uint64_t own_memory() {
    return address_of(alice_loot);
}

RegisterFile hostile_file() {
    RegisterFile file{};
    file.rax = views.monitor;
    file.rdi = address_of(monitor_canary(0));
    file.rsi = own_memory();
    file.r8 = 64;
    file.r9 = address_of(monitor_canary(1));
    file.r10 = own_stack();
    file.r11 = address_of(attack_poke);
    file.r12 = address_of(monitor_canary(2));
    file.r13 = address_of(monitor_canary(3));
    file.rbx = file.rbp = file.r14 = file.r15 = address_of(attack_poke);
    file.rsp = own_stack();
    file.cs = user_code;
    file.flags = 2;
    file.ss = user_data;
    file.poke(monitor_canary(0), loot);
    return file;
}

void load(const RegisterFile &file) {
    const auto loaded =
        rt::copy_to_domain(Domain::alice, rt::Claimed::of(attack_file), &file, sizeof file);
    EXPECT(bool(loaded));
}

Outcome fire() {
    return outcome_of(rt::call<Domain::alice>(entry));
}

Outcome fire_within(uint64_t nanoseconds) {
    return outcome_of(rt::call_within<Domain::alice>(nanoseconds, entry));
}

} // namespace attack
