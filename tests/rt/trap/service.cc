/// Services that are refused: no number but those of the table, and only for those it names; and
/// system calls stay refused, whatever state the monitor's code has left.
#include "rt/base/slot.h"
#include "rt/key/view.h"
#include "tests/harness/harness.h"
#include "tests/harness/refused_call.h"
#include "tests/rt/trap/provoke.h"

extern "C" const char test_service_returns[];

namespace {

uint64_t handle_for_bob(Domain, uint64_t value) {
    return value + 1;
}

uint64_t handle_open_selector(Domain) {
    rt::base::slot().selector = RT_SELECTOR_ALLOW;
    return 1;
}

constexpr rt::Service<1, uint64_t(uint64_t)> for_bob;
constexpr rt::Service<2, uint64_t()> open_selector;

uint64_t syscall_behind_service(uint64_t fire) {
    return open_selector() == 1 ? test_syscall(fire) : 0;
}

uint64_t ask_for_bobs(uint64_t value) {
    return for_bob(value);
}
uint64_t ask_for(uint64_t number) {
    return rt_gate_service(number, 0x11, 0x22, 0x33, 0x44, 0x55);
}

/// Asks for a service that there is not, with known numbers in rbx and rbp.
void ask_with_known_registers() {
    asm volatile("movl $0x62, %%ebx\n\t"
                 "movl $0x70, %%ebp\n\t"
                 "movl $99, %%edi\n\t"
                 "call rt_gate_service\n"
                 ".globl test_service_returns\n"
                 "test_service_returns:\n\t"
                 "ud2"
                 :
                 :
                 : "memory");
    __builtin_unreachable();
}

constexpr rt::Entry<Domain::alice, ask_with_known_registers> alice_asks_with_known_registers;
constexpr rt::Entry<Domain::alice, ask_for_bobs> alice_asks_for_bobs;
constexpr rt::Entry<Domain::bob, ask_for_bobs> bob_asks_for_his;
constexpr rt::Entry<Domain::alice, ask_for> alice_asks_for;

/// Compares a refusal of alice's: no signal, no address, and of the registers those that lead to
/// the caller; number and arguments.
void expect_refusal(const rt::Fault &fault, uint64_t number, uint64_t first) {
    EXPECT_FAULT(fault, .kind = rt::FaultKind::service, .domain = Domain::alice, .signal = 0,
                 .code = 0, .address = 0);
    EXPECT_EQUAL(fault.number, number);
    EXPECT_EQUAL(fault.arguments[0], first);
    EXPECT_EQUAL(fault.pkru, rt::key::is_apart(Domain::alice)
                                 ? 0
                                 : rt::key::domain_view(rt::domain::key_of(Domain::alice)).raw());
    EXPECT_EQUAL(fault.info.cr2 | fault.info.error_code | fault.info.trap_number, 0);
    EXPECT(rt::domain::stack_of(Domain::alice).contains(fault.registers.rsp, sizeof(uint64_t)));
    EXPECT_EQUAL(fault.registers.rip | fault.registers.rax | fault.registers.r12, 0);
}

} // namespace

POSTERN_SERVICES(rt::provide<for_bob, handle_for_bob>(Domain::bob),
                 rt::provide<open_selector, handle_open_selector>(Domain::alice));

// The gates close the selector themselves, on every way into a domain.
POSTERN_TEST("deny.fault.system_call_with_the_selector_left_open",
             SHOWS(open_selector_serves_nobody), TRIES(attack_60)) {
    constexpr rt::Entry<Domain::alice, test_syscall> entry;
    rt::base::slot().selector = RT_SELECTOR_ALLOW;
    EXPECT_EQUAL(rt::call<Domain::alice>(entry, 0ul).value_or(0), 1);
    EXPECT_EQUAL(rt::base::slot().selector, RT_SELECTOR_BLOCK);
    rt::base::slot().selector = RT_SELECTOR_ALLOW;
    const auto called = rt::call<Domain::alice>(entry, 1ul);
    EXPECT(!called) &&
        EXPECT_FAULT(called.fault(), .kind = rt::FaultKind::syscall, .domain = Domain::alice,
                     .signal = 31, .code = harness::code_of_refused_call(), .address = 0);
    EXPECT_EQUAL(rt::base::slot().selector, RT_SELECTOR_BLOCK);

    constexpr rt::Entry<Domain::alice, syscall_behind_service> behind;
    EXPECT_EQUAL(rt::call<Domain::alice>(behind, 0ul).value_or(0), 1);
    const auto served = rt::call<Domain::alice>(behind, 1ul);
    EXPECT(!served) &&
        EXPECT_FAULT(served.fault(), .kind = rt::FaultKind::syscall, .domain = Domain::alice,
                     .signal = 31, .code = harness::code_of_refused_call(), .address = 0);
    EXPECT_EQUAL(rt::base::slot().selector, RT_SELECTOR_BLOCK);
}

POSTERN_TEST("deny.fault.service_of_another_domain", SHOWS(fault_kinds_are_whole)) {
    EXPECT_EQUAL(rt::call<Domain::bob>(bob_asks_for_his, 4ul).value_or(0), 5);
    const auto denied = rt::call<Domain::alice>(alice_asks_for_bobs, 4ul);
    if (EXPECT(!denied)) {
        expect_refusal(denied.fault(), 1, 4);
    }
}

// A debugger finds the caller by them.
POSTERN_TEST("deny.fault.registers_of_a_refused_request", SHOWS(fault_kinds_are_whole)) {
    const auto denied = rt::call<Domain::alice>(alice_asks_with_known_registers);
    if (!EXPECT(!denied)) {
        return;
    }
    const rt::base::Registers &registers = denied.fault().registers;
    EXPECT_EQUAL(registers.rbx, 0x62);
    EXPECT_EQUAL(registers.rbp, 0x70);
    const auto returns =
        rt::get_user<uint64_t>(Domain::alice, rt::Claimed::from_raw(registers.rsp));
    EXPECT_EQUAL(returns.value_or(0), reinterpret_cast<uint64_t>(test_service_returns));
}

POSTERN_TEST("deny.fault.service_without_a_number", SHOWS(fault_kinds_are_whole)) {
    EXPECT_EQUAL(rt::call<Domain::bob>(bob_asks_for_his, 4ul).value_or(0), 5);
    // One after the table, wrapping ones, those whose low half is a service's number, and one that
    // leads into the table when it is multiplied by the size of a row modulo 2^64.
    const uint64_t numbers[] = {3,
                                4,
                                0xff,
                                0xffffffff,
                                ~uint64_t{0},
                                uint64_t{1} << 63,
                                uint64_t{1} << 32,
                                (uint64_t{1} << 32) + 2,
                                (uint64_t{1} << 61) + 2};
    static_assert(sizeof(rt::entry::ServiceRecord) % 8 == 0);
    for (const uint64_t number : numbers) {
        const auto denied = rt::call<Domain::alice>(alice_asks_for, number);
        if (EXPECT(!denied)) {
            expect_refusal(denied.fault(), number, 0x11);
            const uint64_t arguments[] = {0x11, 0x22, 0x33, 0x44, 0x55, 0};
            for (size_t i = 0; i < 6; ++i) {
                EXPECT_EQUAL(denied.fault().arguments[i], arguments[i]);
            }
        }
    }
}
