/// Nested calls: monitor, domain, service, other domain, service, and so on; and faults at depth.
#include "tests/harness/harness.h"
#include "tests/rt/entry/services.h"
#include "tests/rt/gate/dive.h"
#include "tests/rt/gate/nesting.h"
#include "tests/rt/gate/registers.h"

namespace {

using nesting::bottom_of_stack;
using nesting::Words;
using nesting::words_now;
using services::seen;

/// A domain that survives an inner fault of its own and then faults itself.
uint64_t fault_twice(uint64_t address) {
    const uint64_t inner = services::fault_in_same(1);
    return inner == 0x1001 ? dive::fall_to(address) : 0;
}
uint64_t survive_inner_fault(uint64_t value) {
    volatile uint64_t kept = value;
    const uint64_t inner = services::fault_in_same(1);
    return inner == 0x1001 ? kept : 0;
}

constexpr rt::Entry<Domain::alice, fault_twice> fault_twice_entry;
constexpr rt::Entry<Domain::alice, survive_inner_fault> survive_entry;
constexpr rt::Entry<Domain::alice, test_serve_on> serve_on;

/// Where domains have address spaces, the stub saves registers below the claimed rsp before it asks: the
/// domain faults there, and no service runs.
void expect_stubs_push(const rt::Result<uint64_t, rt::Fault> &outer, uint64_t claimed) {
    constexpr uint64_t pushed = 64;
    EXPECT_EQUAL(seen.faults, 0);
    EXPECT(!outer) && EXPECT(outer.fault().kind == rt::FaultKind::write) &&
        EXPECT(outer.fault().domain == Domain::alice) &&
        EXPECT(outer.fault().address < claimed && outer.fault().address >= claimed - pushed);
}

} // namespace

POSTERN_TEST("run.call.nested_through_services", SHOWS(calls_carry_values_whole)) {
    const Words before = words_now();
    for (uint64_t depth = 0; depth < 8; ++depth) {
        seen.calls = 0;
        EXPECT_EQUAL(rt::call<Domain::alice>(dive::alice, depth).value_or(0), depth + 1);
        EXPECT_EQUAL(rt::call<Domain::bob>(dive::bob, depth).value_or(0), depth + 1);
        EXPECT_EQUAL(seen.calls, 2 * depth);
    }
    EXPECT(words_now() == before);
}

POSTERN_TEST("run.call.nested_deeply", SHOWS(calls_carry_values_whole)) {
    const Words before = words_now();
    EXPECT_EQUAL(rt::call<Domain::alice>(dive::alice, 63ul).value_or(0), 64);
    EXPECT(words_now() == before);
}

POSTERN_TEST("run.call.a_domain_entered_again_keeps_its_frames", SHOWS(calls_carry_values_whole)) {
    const Words before = words_now();
    for (uint64_t depth = 0; depth < 32; ++depth) {
        EXPECT_EQUAL(rt::call<Domain::alice>(dive::alice_again, depth).value_or(0), depth + 1);
    }
    EXPECT(words_now() == before);
}

POSTERN_TEST("run.call.a_fault_at_depth_unwinds_the_innermost_call_alone",
             SHOWS(nested_and_repeated_faults)) {
    const Words before = words_now();
    for (uint64_t depth = 0; depth < 20; ++depth) {
        seen.faults = 0;
        const auto outer = rt::call<Domain::alice>(dive::sink_alice, depth);
        if (depth == 0) {
            EXPECT(!outer && outer.fault().domain == Domain::alice);
            continue;
        }
        EXPECT_EQUAL(outer.value_or(0), 0x1000 + depth);
        EXPECT_EQUAL(seen.faults, 1);
        EXPECT_FAULT(seen.fault, .kind = rt::FaultKind::read,
                     .domain = depth % 2 == 0 ? Domain::alice : Domain::bob, .signal = 11,
                     .code = 1, .address = 0);
    }
    EXPECT(words_now() == before);
}

POSTERN_TEST("run.call.a_domain_outlives_its_own_inner_fault") {
    const Words before = words_now();
    EXPECT_EQUAL(rt::call<Domain::alice>(survive_entry, 0x7654ul).value_or(0), 0x7654);
    EXPECT(words_now() == before);

    const auto outer = rt::call<Domain::alice>(fault_twice_entry, 8ul);
    EXPECT(!outer) && EXPECT_FAULT(outer.fault(), .kind = rt::FaultKind::read,
                                   .domain = Domain::alice, .signal = 11, .code = 1, .address = 8);
    EXPECT_FAULT(seen.fault, .kind = rt::FaultKind::read, .domain = Domain::alice, .signal = 11,
                 .code = 1, .address = 0);
    EXPECT(words_now() == before);
}

// The stack pointer of a service call is a claim of the domain. An inner call begins there under
// the domain's own view, so a pointer to the monitor's memory harms only the domain.
POSTERN_TEST("deny.call.entered_again_on_a_claimed_stack",
             SHOWS(domain_entered_again_on_its_stack)) {
    volatile uint64_t monitor_words[64] = {};
    const auto claimed = reinterpret_cast<uint64_t>(&monitor_words[32]);
    seen.faults = 0;
    const auto outer =
        rt::call<Domain::alice>(serve_on, uint64_t{services::fault_in_same.number}, 0ul, claimed);
    if (rt::key::is_apart(Domain::alice)) {
        expect_stubs_push(outer, claimed);
        EXPECT_EQUAL(rt::call<Domain::alice>(survive_entry, 1ul).value_or(0), 1);
        return;
    }
    // The inner call pushes its return address below the red zone and 16-byte alignment.
    const uint64_t inner_push = ((claimed - 128) & ~uint64_t{15}) - 8;
    EXPECT_EQUAL(seen.faults, 1);
    EXPECT_FAULT(seen.fault, .kind = rt::FaultKind::write, .domain = Domain::alice, .signal = 11,
                 .code = 4, .address = inner_push, .key = 1);
    EXPECT(!outer) &&
        EXPECT_FAULT(outer.fault(), .kind = rt::FaultKind::read, .domain = Domain::alice,
                     .signal = 11, .code = 4, .address = claimed, .key = 1);
    for (const uint64_t word : monitor_words) {
        EXPECT_EQUAL(word, 0);
    }
    EXPECT_EQUAL(rt::call<Domain::alice>(survive_entry, 1ul).value_or(0), 1);
}

POSTERN_TEST("deny.call.entered_again_without_room", SHOWS(domain_entered_again_on_its_stack)) {
    const uint64_t bottom = bottom_of_stack(Domain::alice);
    seen.faults = 0;
    const auto outer = rt::call<Domain::alice>(serve_on, uint64_t{services::fault_in_same.number},
                                               0ul, bottom + 16);
    if (rt::key::is_apart(Domain::alice)) {
        return expect_stubs_push(outer, bottom + 16);
    }
    EXPECT_EQUAL(seen.faults, 1);
    EXPECT_FAULT(seen.fault, .kind = rt::FaultKind::write, .domain = Domain::alice, .signal = 11,
                 .code = 4, .address = bottom - 112 - 8, .key = 0); // the guard
    // The word at the claimed stack is zero, so the service returns to address 0.
    EXPECT(!outer) && EXPECT_FAULT(outer.fault(), .kind = rt::FaultKind::execute,
                                   .domain = Domain::alice, .signal = 11, .code = 1, .address = 0);
}

// How deep services and calls nest is the domains' choice; the monitor's stack must not pay for it.
POSTERN_TEST("deny.call.nesting_without_end", SHOWS(endless_nesting_is_bounded)) {
    constexpr rt::Entry<Domain::alice, test_nest> nest;
    const uint64_t stack = bottom_of_stack(Domain::alice) + 0x1000;
    const Words before = words_now();
    for (int round = 0; round < 3; ++round) {
        seen.calls = 0;
        seen.faults = 0;
        const auto result = rt::call<Domain::alice>(nest, uint64_t{services::nest.number}, stack);
        EXPECT(seen.calls >= 32);
        EXPECT_EQUAL(result.value_or(0), 0x1000 + seen.calls);
        EXPECT_EQUAL(seen.faults, 1);
        EXPECT_FAULT(seen.fault, .kind = rt::FaultKind::nesting, .domain = Domain::alice,
                     .signal = 0, .code = 0, .address = 0);
        EXPECT_EQUAL(seen.fault.number, services::nest.number);
        EXPECT_EQUAL(seen.fault.arguments[0], stack);
        EXPECT(words_now() == before);
    }
}
