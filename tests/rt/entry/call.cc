/// Calls into domains: arguments, results, nesting, and the faults that end them.
#include "tests/harness/harness.h"

namespace {

POSTERN_DATA(alice) uint64_t alice_calls = 40;
POSTERN_BSS(bob) uint64_t bob_calls;

uint64_t weigh(uint64_t a, uint64_t b, uint64_t c, uint64_t d, uint64_t e, uint64_t f) {
    return a + 10 * b + 100 * c + 1000 * d + 10000 * e + 100000 * f;
}
uint64_t count_alice() {
    return ++alice_calls;
}
uint64_t count_bob() {
    return ++bob_calls;
}
uint64_t alice_counts_bob() {
    return ++bob_calls;
}

constexpr rt::Entry<Domain::alice, weigh> weigh_entry;
constexpr rt::Entry<Domain::alice, count_alice> count_alice_entry;
constexpr rt::Entry<Domain::bob, count_bob> count_bob_entry;
constexpr rt::Entry<Domain::alice, alice_counts_bob> alice_counts_bob_entry;

} // namespace

POSTERN_TEST("run.call.six_arguments_and_a_result", SHOWS(calls_carry_values_whole)) {
    const auto sum = rt::call<Domain::alice>(weigh_entry, 1ul, 2ul, 3ul, 4ul, 5ul, 6ul);
    EXPECT(bool(sum)) && EXPECT_EQUAL(sum.value(), 654321);
}

POSTERN_TEST("run.call.domains_keep_their_data") {
    EXPECT_EQUAL(rt::call<Domain::alice>(count_alice_entry).value_or(0), 41);
    EXPECT_EQUAL(rt::call<Domain::alice>(count_alice_entry).value_or(0), 42);
    EXPECT_EQUAL(rt::call<Domain::bob>(count_bob_entry).value_or(0), 1);
}

POSTERN_TEST("deny.call.write_to_another_domain", SHOWS(domain_reaches_its_own_alone)) {
    EXPECT(bool(rt::call<Domain::alice>(count_alice_entry)));
    const auto denied = rt::call<Domain::alice>(alice_counts_bob_entry);
    EXPECT(!denied) &&
        EXPECT_FAULT(denied.fault(), .kind = rt::FaultKind::read, .domain = Domain::alice,
                     .signal = 11, .code = 4, .address = reinterpret_cast<uint64_t>(&bob_calls),
                     .key = harness::key_number(Domain::bob));
}

POSTERN_TEST("deny.call.the_value_of_a_faulted_call_is_its_line",
             SHOWS(value_of_a_fault_is_its_line)) {
    const auto end = harness::in_child(
        [] { static_cast<void>(rt::call<Domain::alice>(alice_counts_bob_entry).value()); });
    rt::Line line;
    line.format("postern: alice: read of {} refused: {}bob's data, at 0x",
                rt::Hex{reinterpret_cast<uint64_t>(&bob_calls)},
                rt::key::is_apart(Domain::bob) ? "" : "key 3, ");
    line.append('\0');
    EXPECT_EQUAL(end.exit_status, 70);
    if (!EXPECT(end.says(line.text()) &&
                end.says("; the value of this call was asked for at 0x"))) {
        rt::log("seen: {}", end.text);
    }
}
