/// The effect of calls, services and faults on registers.
#include "tests/rt/gate/registers.h"

#include "tests/harness/harness.h"
#include "tests/rt/entry/services.h"

namespace {

constexpr rt::Entry<Domain::alice, test_overwrite> overwrite;
constexpr rt::Entry<Domain::alice, test_watch_service> watch_service;
constexpr rt::Entry<Domain::alice, test_stack_pointer> stack_pointer;
static_assert(rt::key::key_of(Domain::alice).raw() == 2, "test_watch_call calls key 2");

constexpr uint64_t watched_r10_and_r11 = 0x300; // registers.S

uint64_t inner_stack_pointer() {
    return services::stack_of_same();
}

uint64_t frame_of_monitor() {
    return services::frame_of_monitor();
}

} // namespace

POSTERN_TEST("run.call.the_monitors_registers_survive_a_call", SHOWS(calls_carry_values_whole)) {
    EXPECT_EQUAL(rt::call<Domain::alice>(overwrite).value_or(0), 1);
    const auto *function = reinterpret_cast<const void *>(test_overwrite);
    const TestWatched ends[] = {test_watch_call(function), test_watch_call_trusted(function)};
    for (const TestWatched &end : ends) {
        EXPECT_EQUAL(end.changed, 0);
        EXPECT_EQUAL(end.other, 0);
    }
}

POSTERN_TEST("run.call.the_monitors_registers_survive_a_fault", SHOWS(calls_carry_values_whole)) {
    const auto *function = reinterpret_cast<const void *>(test_overwrite_and_fault);
    const TestWatched ends[] = {test_watch_call(function), test_watch_call_trusted(function)};
    for (const TestWatched &end : ends) {
        EXPECT_EQUAL(end.changed, 0);
        EXPECT_EQUAL(end.other, rt::gate::faulted_by(rt::FaultKind::illegal));
    }
}

POSTERN_TEST("run.call.a_domains_registers_survive_a_service", SHOWS(calls_carry_values_whole)) {
    // A stub leaves zero where the gate leaves its caller's rsp and the result.
    const uint64_t wanted = rt::key::is_apart(Domain::alice) ? watched_r10_and_r11 : 0;
    const auto simple =
        rt::call<Domain::alice>(watch_service, uint64_t{services::remember.number}, 0x99ul);
    EXPECT_EQUAL(simple.value_or(~uint64_t{0}) & ~wanted, 0);
    EXPECT_EQUAL(services::seen.remembered, 0x99);
    // With another domain, and a fault, in between.
    const auto nested =
        rt::call<Domain::alice>(watch_service, uint64_t{services::dive_in_other.number}, 5ul);
    EXPECT_EQUAL(nested.value_or(~uint64_t{0}) & ~wanted, 0);
    const auto faulted =
        rt::call<Domain::alice>(watch_service, uint64_t{services::fault_in_same.number}, 5ul);
    EXPECT_EQUAL(faulted.value_or(~uint64_t{0}) & ~wanted, 0);
}

// [psabi 3.2.2]: a frame address is a multiple of 16; the app's code may use vector
// registers.
POSTERN_TEST("run.call.the_monitors_stack_is_aligned_in_a_service",
             SHOWS(calls_carry_values_whole)) {
    constexpr rt::Entry<Domain::alice, frame_of_monitor> entry;
    const uint64_t frame = rt::call<Domain::alice>(entry).value_or(1);
    EXPECT_EQUAL(frame % 16, 0);
}

// [psabi 3.2.2]: rsp + 8 is a multiple of 16 where a function begins.
POSTERN_TEST("run.call.the_domains_stack_is_aligned") {
    constexpr rt::Entry<Domain::alice, inner_stack_pointer> inner;
    const uint64_t outer_stack = rt::call<Domain::alice>(stack_pointer).value_or(0);
    const uint64_t inner_stack = rt::call<Domain::alice>(inner).value_or(0);
    EXPECT_EQUAL(outer_stack % 16, 8);
    EXPECT_EQUAL(inner_stack % 16, 8);
    EXPECT(inner_stack + 128 < outer_stack); // below the caller's red zone
}
