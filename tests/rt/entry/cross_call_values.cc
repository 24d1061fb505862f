/// Values that cross from one domain into another: arguments, results, kinds of faults.
#include "rt/base/slot.h"
#include "tests/harness/harness.h"
#include "tests/rt/entry/cross_calls.h"

namespace {

using namespace crossed;

uint64_t mixed_handler(Domain caller, uint64_t depth) {
    const auto below = caller == Domain::alice ? rt::call<Domain::bob>(mixed_in_bob, depth)
                                               : rt::call<Domain::alice>(mixed_in_alice, depth);
    return below.value_or(broken);
}

uint64_t end_handler(Domain, uint64_t way) {
    const rt::base::Slot before = rt::base::slot();
    const auto end = rt::call<Domain::alice>(end_in_entry, way);
    EXPECT_EQUAL(__builtin_memcmp(&before, &rt::base::slot(), sizeof before), 0);
    return end ? end.value() : fell + static_cast<uint64_t>(end.fault().kind);
}

} // namespace

POSTERN_SERVICES(rt::provide<mixed_in_other, mixed_handler>(rt::Callers::any()),
                 rt::provide<end_in_alice, end_handler>(Domain::bob));
POSTERN_CROSS_CALLS(to_five, to_narrow, to_negate, to_turn, to_mirror, to_scale, to_store, to_load,
                    to_fail, dive_to_bob, dive_to_alice, mixed_to_bob, mixed_to_alice,
                    endless_to_bob, endless_to_alice, to_own_stack, to_stack_of_alice,
                    to_ask_for_end);

POSTERN_TEST("run.cross.five_arguments_and_a_result", SHOWS(domains_call_by_cross_calls)) {
    EXPECT_EQUAL(rt::call<Domain::alice>(cross_five_entry).value_or(0), 1);
}
POSTERN_TEST("run.cross.values_of_every_width", SHOWS(domains_call_by_cross_calls)) {
    EXPECT_EQUAL(rt::call<Domain::alice>(cross_widths_entry).value_or(0), 1);
}
POSTERN_TEST("run.cross.small_structs_and_floating_point", SHOWS(domains_call_by_cross_calls)) {
    EXPECT_EQUAL(rt::call<Domain::alice>(cross_structs_entry).value_or(0), 1);
}
POSTERN_TEST("run.cross.nothing_in_nothing_out", SHOWS(domains_call_by_cross_calls)) {
    EXPECT_EQUAL(rt::call<Domain::alice>(cross_nothing_entry).value_or(0), 1);
}

POSTERN_TEST("run.cross.a_fault_of_the_callee_is_its_kind_and_no_more",
             SHOWS(domains_call_by_cross_calls)) {
    constexpr rt::FaultKind kinds[ways] = {rt::FaultKind::read, rt::FaultKind::illegal,
                                           rt::FaultKind::divide, rt::FaultKind::service,
                                           rt::FaultKind::cross_call};
    for (uint64_t way = 0; way < ways; ++way) {
        const auto kind = rt::call<Domain::alice>(cross_to_fail_entry, way);
        EXPECT_EQUAL(kind.value_or(0x300), kinds[way]);
    }
}

// C++ relies on a bool being 0 or 1 and on narrow arguments being extended: a hostile caller's
// words must not reach the callee as they are.
POSTERN_TEST("deny.cross.words_that_do_not_fit_the_types",
             SHOWS(bools_are_true_or_false, cross_call_is_its_callers_alone)) {
    const auto call = [](uint64_t number, uint64_t a) {
        return rt::call<Domain::alice>(cross_raw_entry, number, a, uint64_t{0x2a} << 32 | 7,
                                       ~uint64_t{0} << 32, uint64_t{0xfe} << 8, uint64_t{0x501});
    };
    EXPECT_EQUAL(call(to_turn.number, 2).value_or(9), 0);
    EXPECT_EQUAL(call(to_turn.number, 0xff00).value_or(9), 1);
    EXPECT_EQUAL(call(to_negate.number, 0xdeadbe05).value_or(9), static_cast<uint64_t>(-5));
    EXPECT_EQUAL(call(to_narrow.number, 0xabcdef80).value_or(9),
                 static_cast<uint64_t>(narrow(-128, 7, 0, false, Colour::red)));
}
