/// An untrusted gate passes arguments and results and nothing else, in any register, in both
/// directions.
#include "tests/attack/code.h"
#include "tests/attack/dump.h"

extern "C" {
void test_enter_full(const void *stub, const void *function, uint64_t a0, void *dump);
uint64_t test_dump_and_return(uint64_t dump);
uint64_t test_fill_and_fault(uint64_t dump);
uint64_t test_jump_with_upper_halves(uint64_t dump);
uint64_t test_fill_and_be_refused(uint64_t dump);
uint64_t test_fill_and_be_refused_cross_call(uint64_t dump);
uint64_t test_fill_and_ask(uint64_t dump);
uint64_t test_fill_and_cross(uint64_t dump);
void test_serve_full(void *dump);
uint64_t test_callee_returns(uint64_t dump);
uint64_t test_callee_faults(uint64_t dump);
uint64_t test_callee_is_refused(uint64_t dump);
/// In alice's memory: what test_fill_and_ask and test_fill_and_cross ask for.
extern uint64_t test_number, test_argument;
}

namespace {

using attack::Dump;

POSTERN_BSS(alice) Dump alice_dump;
POSTERN_BSS(bob) Dump bob_dump;
Dump monitor_dump;
Dump service_dump;
Dump fetched;

constexpr rt::Service<1, void()> ask;
constexpr rt::Entry<Domain::bob, test_callee_returns> callee_returns;
constexpr rt::Entry<Domain::bob, test_callee_faults> callee_faults;
constexpr rt::Entry<Domain::bob, test_callee_is_refused> callee_is_refused;
constexpr rt::CrossCall<1, Domain::alice, callee_returns> to_return;
constexpr rt::CrossCall<2, Domain::alice, callee_faults> to_fault;
constexpr rt::CrossCall<3, Domain::alice, callee_is_refused> to_refusal;

void handle_ask(Domain) {
    test_serve_full(&service_dump);
}

void put(Domain domain, const void *place, const void *from, size_t bytes) {
    EXPECT(bool(rt::copy_to_domain(domain, rt::Claimed::of(place), from, bytes)));
}
const Dump &fetch(Domain domain, const Dump &dump) {
    EXPECT(bool(rt::copy_from_domain(domain, &fetched, rt::Claimed::of(&dump), sizeof fetched)));
    return fetched;
}

/// Calls `function` in alice with every register of the monitor's filled.
void enter(uint64_t (*function)(uint64_t), uint64_t number = ask.number, uint64_t argument = 0) {
    static const Dump zeros{};
    put(Domain::alice, &alice_dump, &zeros, sizeof zeros);
    put(Domain::bob, &bob_dump, &zeros, sizeof zeros);
    put(Domain::alice, &test_number, &number, sizeof number);
    put(Domain::alice, &test_argument, &argument, sizeof argument);
    monitor_dump = zeros;
    service_dump = zeros;
    constexpr auto *stub = rt::gate::enter_stub<rt::key::key_of(Domain::alice).raw(), false>();
    test_enter_full(reinterpret_cast<const void *>(stub), reinterpret_cast<const void *>(function),
                    rt::Claimed::of(&alice_dump).raw(), &monitor_dump);
}

/// alice fills every register and makes cross call `number`.
void cross(uint64_t number) {
    enter(test_fill_and_cross, number, rt::Claimed::of(&bob_dump).raw());
}

void expect_monitor_kept() {
    attack::expect_clean(monitor_dump, TEST_DOMAIN_PATTERN);
    attack::expect_clean(monitor_dump, TEST_CALLEE_PATTERN);
    attack::expect_kept(monitor_dump, TEST_MONITOR_PATTERN, TEST_MONITOR_MXCSR, TEST_MONITOR_X87);
    const Dump &dump = monitor_dump;
    EXPECT_EQUAL(dump.rcx | dump.rsi | dump.rdi | dump.r8 | dump.r9 | dump.r10 | dump.r11, 0);
}

void expect_alice_kept(uint64_t stranger) {
    const Dump &dump = fetch(Domain::alice, alice_dump);
    attack::expect_clean(dump, TEST_MONITOR_PATTERN);
    attack::expect_clean(dump, stranger);
    attack::expect_kept(dump, TEST_DOMAIN_PATTERN, TEST_DOMAIN_MXCSR, TEST_DOMAIN_X87);
    EXPECT_EQUAL(dump.rcx | dump.rdi | dump.rsi | dump.r8, 0);
    EXPECT_EQUAL(dump.r9, dump.rdx);
    EXPECT_EQUAL(dump.r11, dump.rax);
}

/// The domain was given its dump and 1, 2, 3, 4 and `last`, the address of its function in r11, and
/// zeros.
void expect_only_arguments(const Dump &dump, const Dump &argument, uint64_t last) {
    EXPECT_EQUAL(dump.rdi, rt::Claimed::of(&argument).raw());
    EXPECT_EQUAL(dump.rsi, 1);
    EXPECT_EQUAL(dump.rdx, 2);
    EXPECT_EQUAL(dump.rcx, 3);
    EXPECT_EQUAL(dump.r8, 4);
    EXPECT_EQUAL(dump.r9, last);
    const uint64_t others[] = {dump.rax, dump.rbx, dump.rbp, dump.r10,
                               dump.r12, dump.r13, dump.r14, dump.r15};
    for (const uint64_t other : others) {
        EXPECT_EQUAL(other, 0);
    }
}

uint64_t refused(rt::FaultKind kind) {
    return rt::gate::faulted_by(kind);
}

} // namespace

POSTERN_SERVICES(rt::provide<ask, handle_ask>(Domain::alice));
POSTERN_CROSS_CALLS(to_return, to_fault, to_refusal);

POSTERN_TEST("attack.registers.nothing_of_the_monitor_enters_a_domain",
             SHOWS(no_register_crosses_a_gate), TRIES(attack_47, attack_48)) {
    enter(test_dump_and_return);
    const Dump &dump = fetch(Domain::alice, alice_dump);
    attack::expect_clean(dump, TEST_MONITOR_PATTERN);
    attack::expect_start_control_words(dump);
    expect_only_arguments(dump, alice_dump, 5);
}

POSTERN_TEST("attack.registers.nothing_of_a_domain_comes_back_with_a_result",
             SHOWS(no_register_crosses_a_gate), TRIES(attack_47)) {
    enter(test_dump_and_return);
    EXPECT_EQUAL(monitor_dump.rax, 7);
    EXPECT_EQUAL(monitor_dump.rdx, 0);
    expect_monitor_kept();
}

// wrpkru wants ecx and edx to be zero, and does not look at the halves above them.
POSTERN_TEST("attack.registers.nothing_comes_back_above_ecx_and_edx",
             SHOWS(no_register_crosses_a_gate), TRIES(attack_47)) {
    enter(test_jump_with_upper_halves, 0,
          reinterpret_cast<uint64_t>(attack::nth_wrpkru(rt_gate_leave, 0)));
    EXPECT_EQUAL(monitor_dump.rax, 7);
    EXPECT_EQUAL(monitor_dump.rdx, 0);
    expect_monitor_kept();
}

POSTERN_TEST("attack.registers.nothing_of_a_domain_comes_back_with_a_fault",
             SHOWS(no_register_crosses_a_gate), TRIES(attack_47)) {
    enter(test_fill_and_fault);
    EXPECT_EQUAL(monitor_dump.rdx, refused(rt::FaultKind::illegal));
    expect_monitor_kept();
}

POSTERN_TEST("attack.registers.nothing_of_a_domain_comes_back_with_a_refusal",
             SHOWS(no_register_crosses_a_gate), TRIES(attack_47)) {
    enter(test_fill_and_be_refused);
    EXPECT_EQUAL(monitor_dump.rdx, refused(rt::FaultKind::service));
    expect_monitor_kept();
    enter(test_fill_and_be_refused_cross_call);
    EXPECT_EQUAL(monitor_dump.rdx, refused(rt::FaultKind::cross_call));
    expect_monitor_kept();
}

// The handler's own C++ comes first, so its general registers and flags are not what the gate gave
// it; nothing in them may be alice's all the same.
POSTERN_TEST("attack.registers.nothing_crosses_with_a_service_either_way",
             SHOWS(no_register_crosses_a_gate), TRIES(attack_47)) {
    enter(test_fill_and_ask);
    service_dump.flags = 0x246;
    attack::expect_clean(service_dump, TEST_DOMAIN_PATTERN);
    attack::expect_start_control_words(service_dump);
    EXPECT_EQUAL(monitor_dump.rax, 5); // it came back
    expect_alice_kept(TEST_CALLEE_PATTERN);
    expect_monitor_kept();
}

POSTERN_TEST("attack.registers.nothing_of_the_caller_crosses", SHOWS(no_register_crosses_a_gate),
             TRIES(attack_47)) {
    cross(to_return.number);
    const Dump &dump = fetch(Domain::bob, bob_dump);
    EXPECT_EQUAL(dump.rdi, rt::Claimed::of(&bob_dump).raw());
    attack::expect_clean(dump, TEST_DOMAIN_PATTERN);
    attack::expect_clean(dump, TEST_MONITOR_PATTERN);
    attack::expect_start_control_words(dump);
    if (!rt::gate::is_trusted<Domain::bob>) {
        expect_only_arguments(dump, bob_dump, 0);
    }
}

POSTERN_TEST("attack.registers.nothing_of_the_callee_comes_back_with_a_result",
             SHOWS(no_register_crosses_a_gate), TRIES(attack_47)) {
    cross(to_return.number);
    EXPECT_EQUAL(fetch(Domain::alice, alice_dump).rax, 7);
    EXPECT_EQUAL(fetched.rdx, 0);
    expect_alice_kept(TEST_CALLEE_PATTERN);
    expect_monitor_kept();
}

POSTERN_TEST("attack.registers.nothing_of_the_callee_comes_back_with_a_fault",
             SHOWS(no_register_crosses_a_gate, runtime_copies_by_no_vector), TRIES(attack_47)) {
    cross(to_fault.number);
    EXPECT_EQUAL(fetch(Domain::alice, alice_dump).rax, 0);
    EXPECT_EQUAL(fetched.rdx, refused(rt::FaultKind::illegal));
    expect_alice_kept(TEST_CALLEE_PATTERN);
    expect_monitor_kept();
}

POSTERN_TEST("attack.registers.nothing_of_the_callee_comes_back_with_a_refusal",
             SHOWS(no_register_crosses_a_gate), TRIES(attack_47)) {
    cross(to_refusal.number);
    EXPECT_EQUAL(fetch(Domain::alice, alice_dump).rax, 0);
    EXPECT_EQUAL(fetched.rdx, refused(rt::FaultKind::service));
    expect_alice_kept(TEST_CALLEE_PATTERN);
    expect_monitor_kept();
}
