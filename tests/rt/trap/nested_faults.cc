/// A fault in a domain that a domain called, through a service of the monitor.
#include "tests/harness/harness.h"
#include "tests/rt/trap/ruin.h"
#include "tests/rt/trap/steady.h"

namespace {

/// Asks the monitor to go on `levels` calls deep, in the other domain; the result is the number of
/// levels that came back with a fault.
inline constexpr rt::Service<1, uint64_t(uint64_t levels)> deeper;

POSTERN_BSS(alice) uint64_t alice_calls;

constexpr uint64_t words = 16;

/// Fills its stack, calls on, and looks whether its stack is still what it was.
uint64_t descend(uint64_t levels) {
    if (levels == 0) {
        return ruin::divide();
    }
    volatile uint64_t stack[words];
    for (uint64_t i = 0; i < words; ++i) {
        stack[i] = levels * words + i;
    }
    const uint64_t faults = deeper(levels - 1);
    uint64_t same = 0;
    for (uint64_t i = 0; i < words; ++i) {
        same += stack[i] == levels * words + i;
    }
    return same == words ? faults : 1000;
}

uint64_t alice_counts() {
    return ++alice_calls;
}
uint64_t call_and_divide(uint64_t levels) {
    return descend(levels) + ruin::divide();
}

constexpr rt::Entry<Domain::alice, descend> alice_descends;
constexpr rt::Entry<Domain::bob, descend> bob_descends;
constexpr rt::Entry<Domain::alice, alice_counts> alice_counts_entry;
constexpr rt::Entry<Domain::alice, call_and_divide> alice_descends_and_divides;

constinit rt::Fault innermost{};
constinit uint64_t depth_of_calls = 0;

uint64_t handle_deeper(Domain caller, uint64_t levels) {
    ++depth_of_calls;
    const auto result = caller == Domain::alice ? rt::call<Domain::bob>(bob_descends, levels)
                                                : rt::call<Domain::alice>(alice_descends, levels);
    if (!result) {
        innermost = result.fault();
        return 1;
    }
    return result.value();
}

void expect_division(const rt::Fault &fault, Domain domain) {
    EXPECT_FAULT(fault, .kind = rt::FaultKind::divide, .domain = domain, .signal = 8, .code = 1,
                 .address = fault.registers.rip);
}

} // namespace

POSTERN_SERVICES(rt::provide<deeper, handle_deeper>(rt::Callers(Domain::alice) | Domain::bob));

POSTERN_TEST("run.nested.a_fault_in_the_callee_ends_the_callee_alone",
             SHOWS(nested_and_repeated_faults)) {
    EXPECT(bool(rt::call<Domain::alice>(alice_descends, 1ul))); // touch what they need
    EXPECT(bool(rt::call<Domain::alice>(alice_descends, 1ul)));
    const uint64_t counted = rt::call<Domain::alice>(alice_counts_entry).value_or(0);
    const steady::State before = steady::now();
    const auto result = rt::call<Domain::alice>(alice_descends, 1ul);
    const steady::State after = steady::now();
    EXPECT(bool(result)) && EXPECT_EQUAL(result.value(), 1);
    expect_division(innermost, Domain::bob);
    EXPECT_EQUAL(rt::call<Domain::alice>(alice_counts_entry).value_or(0), counted + 1);
    steady::expect_same(before, after);
}

POSTERN_TEST("run.nested.a_fault_sixteen_calls_deep", SHOWS(nested_and_repeated_faults)) {
    for (uint64_t levels = 2; levels <= 16; ++levels) {
        depth_of_calls = 0;
        const auto result = rt::call<Domain::alice>(alice_descends, levels);
        EXPECT(bool(result)) && EXPECT_EQUAL(result.value(), 1);
        EXPECT_EQUAL(depth_of_calls, levels);
        expect_division(innermost, levels % 2 == 0 ? Domain::alice : Domain::bob);
    }
}

POSTERN_TEST("run.nested.the_caller_faults_after_its_callee_did",
             SHOWS(nested_and_repeated_faults)) {
    EXPECT(bool(rt::call<Domain::alice>(alice_descends, 1ul))); // touch what they need
    EXPECT(bool(rt::call<Domain::alice>(alice_descends, 1ul)));
    const steady::State before = steady::now();
    const auto result = rt::call<Domain::alice>(alice_descends_and_divides, 1ul);
    const steady::State after = steady::now();
    expect_division(innermost, Domain::bob);
    EXPECT(!result) && (expect_division(result.fault(), Domain::alice), true);
    steady::expect_same(before, after);
}

POSTERN_TEST("run.nested.again_and_again", SHOWS(nested_and_repeated_faults)) {
    EXPECT(bool(rt::call<Domain::alice>(alice_descends, 3ul))); // touches what it needs
    const steady::State before = steady::now();
    const uint64_t count = harness::scaled(100'000);
    uint64_t good = 0;
    for (uint64_t i = 0; i < count; ++i) {
        const auto result = rt::call<Domain::alice>(alice_descends, 3ul);
        good += result && result.value() == 1;
    }
    EXPECT_EQUAL(good, count);
    steady::expect_same(before, steady::now());
}
