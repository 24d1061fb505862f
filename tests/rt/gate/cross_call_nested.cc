/// Cross calls inside cross calls and services, and those that are refused.
#include "rt/key/view.h"
#include "tests/harness/harness.h"
#include "tests/rt/entry/cross_calls.h"
#include "tests/rt/gate/cross_call_registers.h"
#include "tests/rt/gate/nesting.h"

namespace {

using namespace crossed;
using nesting::bottom_of_stack;
using nesting::Words;
using nesting::words_now;

uint64_t cross_raw(uint64_t number) {
    return rt_gate_cross(number, 0x11, 0x22, 0x33, 0x44, 0x55).value;
}

constexpr rt::Entry<Domain::alice, cross_raw> alice_crosses;
constexpr rt::Entry<Domain::bob, cross_raw> bob_crosses;
constexpr rt::Entry<Domain::alice, test_watch_cross_call> watch_cross_call;
constexpr rt::Entry<Domain::alice, test_cross_on> cross_on;

constexpr unsigned bus = 7; // of a push to a non-canonical address [linux signal.h v6.12]

/// Compares a refusal: no signal, no address, and of the registers those that lead to the caller;
/// number and arguments.
void expect_refusal(const rt::Fault &fault, Domain domain, uint64_t number) {
    EXPECT_FAULT(fault, .kind = rt::FaultKind::cross_call, .domain = domain, .signal = 0, .code = 0,
                 .address = 0);
    EXPECT_EQUAL(fault.number, number);
    EXPECT_EQUAL(fault.pkru, rt::key::is_apart(domain)
                                 ? 0
                                 : rt::key::view_of_number(rt::key::number_of(domain)).raw());
    EXPECT_EQUAL(fault.info.cr2 | fault.info.error_code | fault.info.trap_number, 0);
    EXPECT(rt::domain::stack_of(domain).contains(fault.registers.rsp, sizeof(uint64_t)));
    EXPECT_EQUAL(fault.registers.rip | fault.registers.rax | fault.registers.r12, 0);
    const uint64_t arguments[] = {0x11, 0x22, 0x33, 0x44, 0x55, 0};
    for (size_t i = 0; i < 6; ++i) {
        EXPECT_EQUAL(fault.arguments[i], arguments[i]);
    }
}

void expect_crosses() {
    EXPECT_EQUAL(rt::call<Domain::alice>(alice_crosses, uint64_t{to_five.number}).value_or(0),
                 five(0x11, 0x22, 0x33, 0x44, 0x55));
}

} // namespace

POSTERN_TEST("run.cross.nested_sixteen_deep", SHOWS(domains_call_by_cross_calls)) {
    const Words before = words_now();
    for (uint64_t depth = 0; depth <= 16; ++depth) {
        EXPECT_EQUAL(rt::call<Domain::alice>(dive_in_alice, depth, false).value_or(broken), depth);
        EXPECT_EQUAL(rt::call<Domain::bob>(dive_in_bob, depth, false).value_or(broken), depth);
        EXPECT(words_now() == before);
    }
}

POSTERN_TEST("run.cross.a_fault_at_depth_ends_the_innermost_call_alone",
             SHOWS(domains_call_by_cross_calls)) {
    const Words before = words_now();
    for (uint64_t depth = 1; depth <= 16; ++depth) {
        const uint64_t kind = static_cast<uint64_t>(rt::FaultKind::read);
        EXPECT_EQUAL(rt::call<Domain::alice>(dive_in_alice, depth, true).value_or(broken),
                     fell + kind + depth - 1);
        EXPECT(words_now() == before);
    }
    const auto outermost = rt::call<Domain::alice>(dive_in_alice, uint64_t{0}, true);
    EXPECT(!outermost) &&
        EXPECT_FAULT(outermost.fault(), .kind = rt::FaultKind::read, .domain = Domain::alice,
                     .signal = 11, .code = 1, .address = 8);
    EXPECT(words_now() == before);
}

POSTERN_TEST("run.cross.through_services_both_ways", SHOWS(domains_call_by_cross_calls)) {
    const Words before = words_now();
    for (uint64_t depth = 0; depth <= 16; ++depth) {
        EXPECT_EQUAL(rt::call<Domain::alice>(mixed_in_alice, depth).value_or(broken), depth);
        EXPECT_EQUAL(rt::call<Domain::bob>(mixed_in_bob, depth).value_or(broken), depth);
    }
    EXPECT(words_now() == before);
}

// A domain that waits in a cross call is called back by a service that its callee has asked for,
// and that call ends in every way: the words of the slot are as before, there and at the end, and
// the domain goes on.
POSTERN_TEST("run.cross.every_end_of_a_call_back_into_a_waiting_caller",
             SHOWS(domains_call_by_cross_calls)) {
    const auto fallen = [](rt::FaultKind kind) { return fell + static_cast<uint64_t>(kind); };
    const uint64_t wanted[ends] = {end_returns,
                                   fallen(rt::FaultKind::read),
                                   fallen(rt::FaultKind::service),
                                   fallen(rt::FaultKind::cross_call),
                                   fallen(rt::FaultKind::service),
                                   // A stub pushes before it crosses, the gate reads after it.
                                   fallen(rt::key::is_apart(Domain::alice) ? rt::FaultKind::write
                                                               : rt::FaultKind::read)};
    const Words before = words_now();
    for (uint64_t way = 0; way < ends; ++way) {
        EXPECT_EQUAL(rt::call<Domain::alice>(cross_for_end_entry, way).value_or(0), wanted[way]);
        EXPECT(words_now() == before);
    }
}

POSTERN_TEST("run.cross.the_callers_registers_survive", SHOWS(domains_call_by_cross_calls)) {
    const auto value = [](uint64_t number, uint64_t argument) {
        const uint64_t changed =
            rt::call<Domain::alice>(watch_cross_call, number, argument).value_or(~uint64_t{0});
        // A stub leaves zero where the gate leaves its caller's rsp and the outcome.
        constexpr uint64_t r9_to_r11 = 0x700; // cross_call_registers.S
        return rt::key::is_apart(Domain::alice) ? changed & ~r9_to_r11 : changed;
    };
    EXPECT_EQUAL(value(to_five.number, 0x99), 0);
    EXPECT_EQUAL(value(dive_to_bob.number, 5), 0);
    EXPECT_EQUAL(value(to_fail.number, by_read), 0);
    EXPECT_EQUAL(value(to_fail.number, by_cross_call), 0);
}

// [psabi 3.2.2]: rsp + 8 is a multiple of 16 where a function begins.
POSTERN_TEST("run.cross.the_callers_stack_is_aligned_below_its_frames",
             SHOWS(domains_call_by_cross_calls)) {
    const uint64_t outer = rt::call<Domain::alice>(own_stack_entry).value_or(0);
    const uint64_t inner = rt::call<Domain::alice>(cross_to_own_stack_entry).value_or(0);
    EXPECT_EQUAL(outer % 16, 8);
    EXPECT_EQUAL(inner % 16, 8);
    EXPECT(inner + 128 < outer); // below the caller's red zone
}

POSTERN_TEST("deny.cross.cross_call_of_another_domain", SHOWS(cross_call_is_its_callers_alone)) {
    expect_crosses();
    const Words before = words_now();
    const auto foreign = rt::call<Domain::bob>(bob_crosses, uint64_t{to_five.number});
    if (EXPECT(!foreign)) {
        expect_refusal(foreign.fault(), Domain::bob, to_five.number);
    }
    const auto of_bob = rt::call<Domain::alice>(alice_crosses, uint64_t{dive_to_alice.number});
    if (EXPECT(!of_bob)) {
        expect_refusal(of_bob.fault(), Domain::alice, dive_to_alice.number);
    }
    EXPECT(words_now() == before);
}

POSTERN_TEST("deny.cross.cross_call_without_a_number", SHOWS(cross_call_is_its_callers_alone)) {
    expect_crosses();
    // None, one after the table, wrapping ones, those whose low half is a cross call's number, and
    // one that leads into the table when it is multiplied by the size of a row modulo 2^64.
    const uint64_t numbers[] = {0,
                                last_number + 1,
                                0xff,
                                0xffffffff,
                                ~uint64_t{0},
                                uint64_t{1} << 63,
                                (uint64_t{1} << 63) + 1,
                                (uint64_t{1} << 32) + 1,
                                (uint64_t{1} << 59) + 1,
                                (uint64_t{1} << 58) + 1};
    static_assert(sizeof(rt::gate::CrossCallRecord) == 32);
    const Words before = words_now();
    for (const uint64_t number : numbers) {
        const auto denied = rt::call<Domain::alice>(alice_crosses, number);
        if (EXPECT(!denied)) {
            expect_refusal(denied.fault(), Domain::alice, number);
        }
    }
    EXPECT(words_now() == before);
    expect_crosses();
}

// How deep cross calls nest is the domains' choice; the monitor's stack must not pay for it. The
// one that is refused ends its caller's call, whose own caller learns the kind.
POSTERN_TEST("deny.cross.endless_recursion", SHOWS(endless_nesting_is_bounded)) {
    const uint64_t alices = bottom_of_stack(Domain::alice) + 0x1000;
    const uint64_t bobs = bottom_of_stack(Domain::bob) + 0x1000;
    const Words before = words_now();
    for (int round = 0; round < 3; ++round) {
        const auto end = rt::call<Domain::alice>(endless_in_alice, uint64_t{endless_to_bob.number},
                                                 uint64_t{endless_to_alice.number}, alices, bobs);
        EXPECT_EQUAL(end.value_or(0) % 0x100, rt::FaultKind::nesting);
        EXPECT(end.value_or(0) / 0x100 >= 100);
        EXPECT(words_now() == before);
    }
}

// The stack pointer of a cross call is the caller's word: the callee's calls back begin there, and
// so does the caller when the cross call is done.
POSTERN_TEST("deny.cross.cross_call_on_a_claimed_stack", SHOWS(cross_call_is_its_callers_alone)) {
    expect_crosses();
    volatile uint64_t monitor_words[64] = {};
    const uint64_t claims[] = {reinterpret_cast<uint64_t>(&monitor_words[32]),
                               reinterpret_cast<uint64_t>(__monitor_stack_end) - 0x100,
                               0,
                               8,
                               uint64_t{1} << 63,
                               ~uint64_t{7},
                               reinterpret_cast<uint64_t>(__arena_start) + POSTERN_SLOT_SIZE};
    const Words before = words_now();
    for (const uint64_t claim : claims) {
        // The callee calls its caller back, whose call begins at the claim.
        const auto end = rt::call<Domain::alice>(cross_on, uint64_t{dive_to_bob.number}, claim);
        EXPECT(!end) && EXPECT(end.fault().domain == Domain::alice) &&
            EXPECT(end.fault().signal == 11 ||
                   (rt::key::is_apart(Domain::alice) && end.fault().signal == bus));
        EXPECT(words_now() == before);
    }
    for (const uint64_t word : monitor_words) {
        EXPECT_EQUAL(word, 0);
    }
    expect_crosses();
}
