/// Services that are refused: no number but those of the table, and only for those it names.
#include "rt/key/view.h"
#include "tests/harness/harness.h"

namespace {

uint64_t handle_for_bob(Domain, uint64_t value) {
    return value + 1;
}

constexpr rt::Service<1, uint64_t(uint64_t)> for_bob;

uint64_t ask_for_bobs(uint64_t value) {
    return for_bob(value);
}
uint64_t ask_for(uint64_t number) {
    return rt_gate_service(number, 0x11, 0x22, 0x33, 0x44, 0x55);
}

constexpr rt::Entry<Domain::alice, ask_for_bobs> alice_asks_for_bobs;
constexpr rt::Entry<Domain::bob, ask_for_bobs> bob_asks_for_his;
constexpr rt::Entry<Domain::alice, ask_for> alice_asks_for;

/// Compares a refusal of alice's: no signal, no address, no register, but number and arguments.
void expect_refusal(const rt::Fault &fault, uint64_t number, uint64_t first) {
    EXPECT_FAULT(fault, .kind = rt::FaultKind::service, .domain = Domain::alice, .signal = 0,
                 .code = 0, .address = 0);
    EXPECT_EQUAL(fault.number, number);
    EXPECT_EQUAL(fault.arguments[0], first);
    EXPECT_EQUAL(fault.pkru, rt::key::domain_view(rt::domain::key_of(Domain::alice)).raw());
    EXPECT_EQUAL(fault.info.cr2 | fault.info.error_code | fault.info.trap_number, 0);
    EXPECT_EQUAL(fault.registers.rip | fault.registers.rsp | fault.registers.rax, 0);
}

} // namespace

POSTERN_SERVICES(rt::provide<for_bob, handle_for_bob>(Domain::bob));

POSTERN_TEST("deny.fault.service_of_another_domain") {
    EXPECT_EQUAL(rt::call<Domain::bob>(bob_asks_for_his, 4ul).value_or(0), 5);
    const auto denied = rt::call<Domain::alice>(alice_asks_for_bobs, 4ul);
    if (EXPECT(!denied)) {
        expect_refusal(denied.fault(), 1, 4);
    }
}

POSTERN_TEST("deny.fault.service_without_a_number") {
    EXPECT_EQUAL(rt::call<Domain::bob>(bob_asks_for_his, 4ul).value_or(0), 5);
    // One behind the table, wrapping ones, those whose low bits look like a service.
    const uint64_t numbers[] = {2,
                                3,
                                0xff,
                                0xffffffff,
                                1ul << 32,
                                ~uint64_t{0},
                                1ul << 63,
                                (1ul << 32) + 1,
                                0x0aaaaaaaaaaaaaab}; // times 24, a row's size, is 8 modulo 2^64
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
