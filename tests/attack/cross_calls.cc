/// The cross call of the attack tests: what the attacker may honestly call in its victim.
#include "tests/attack/cross_calls.h"

#include "tests/attack/code.h"

POSTERN_CROSS_CALLS(attack::to_add, attack::to_strike);

namespace attack {

namespace {

POSTERN_BSS(bob) uint64_t added;
POSTERN_BSS(alice) uint64_t landing[8];

uint64_t count() {
    return added;
}
constexpr rt::Entry<Domain::bob, count> count_entry;

} // namespace

uint64_t add(uint64_t a, uint64_t b, uint64_t c, uint64_t d, uint64_t e) {
    ++added;
    return a + b + c + d + e;
}

RegisterFile cross_call_file() {
    const uint64_t returns[8] = {address_of(attack_landing)};
    EXPECT(
        bool(rt::copy_to_domain(Domain::alice, rt::Claimed::of(landing), returns, sizeof returns)));
    RegisterFile file = hostile_file();
    file.rip = address_of(reinterpret_cast<const void *>(&rt_gate_cross));
    file.rdi = to_add.number;
    file.rsi = file.rdx = file.rcx = file.r8 = file.r9 = 1;
    file.rsp = address_of(landing);
    return file;
}

uint64_t cross_call_row() {
    return address_of(&rt_app_cross_calls);
}

uint64_t times_added() {
    return rt::call<Domain::bob>(count_entry).value_or(0);
}

} // namespace attack
