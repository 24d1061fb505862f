/// A service gives the monitor's C++ its number, its arguments and the domain's stack pointer, and
/// nothing else.
#include "tests/attack/dump.h"

extern "C" {
void test_enter_full(const void *stub, const void *function, uint64_t a0, void *dump);
uint64_t test_fill_and_ask(uint64_t dump);
extern uint64_t test_number, test_argument;
/// tests/attack/request.S fills them.
attack::Dump test_served_dump;
uint64_t test_served_stack;
}

namespace {

using attack::Dump;

POSTERN_BSS(alice) Dump alice_dump;
Dump monitor_dump;

} // namespace

POSTERN_TEST("attack.registers.nothing_but_a_request_is_served", SHOWS(no_register_crosses_a_gate),
             TRIES(attack_47)) {
    const uint64_t words[] = {0x77, 0x88};
    EXPECT(bool(rt::copy_to_domain(Domain::alice, rt::Claimed::of(&test_number), &words[0], 8)));
    EXPECT(bool(rt::copy_to_domain(Domain::alice, rt::Claimed::of(&test_argument), &words[1], 8)));
    constexpr auto *stub = rt::gate::enter_stub<rt::key::key_of(Domain::alice).raw(), false>();
    test_enter_full(reinterpret_cast<const void *>(stub),
                    reinterpret_cast<const void *>(test_fill_and_ask),
                    rt::Claimed::of(&alice_dump).raw(), &monitor_dump);
    EXPECT_EQUAL(monitor_dump.rax, 5); // it came back
    const Dump &dump = test_served_dump;
    attack::expect_clean(dump, TEST_DOMAIN_PATTERN);
    attack::expect_start_control_words(dump);
    EXPECT_EQUAL(dump.rdi, 0x77);
    EXPECT_EQUAL(dump.rsi, 0x88);
    EXPECT_EQUAL(dump.rdx, 1);
    EXPECT_EQUAL(dump.rcx, 2);
    EXPECT_EQUAL(dump.r8, 3);
    EXPECT_EQUAL(dump.r9, 4);
    const uint64_t others[] = {dump.rax, dump.rbx, dump.rbp, dump.r10, dump.r11,
                               dump.r12, dump.r13, dump.r14, dump.r15};
    for (const uint64_t other : others) {
        EXPECT_EQUAL(other, 0);
    }
    EXPECT(rt::domain::owns(Domain::alice, test_served_stack, 8));
}
