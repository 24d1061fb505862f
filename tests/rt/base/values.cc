/// Regions and results: what they answer, and that a wrong use ends the program.
#include "rt/base/region.h"
#include "tests/harness/harness.h"

namespace {

using rt::base::Done;
using rt::base::Region;
using rt::base::Result;

constexpr uintptr_t highest = ~uintptr_t{POSTERN_PAGE - 1}; // the last page-aligned address

struct Reason {
    int code;
};

Result<int> good() {
    return 7;
}
Result<int> bad() {
    return rt::Errno::no_space;
}

/// The child must be ended by rt's own trap instruction.
void expect_trap(void (*body)(), const char *file = __builtin_FILE(), int line = __builtin_LINE()) {
    const auto end = harness::in_child(body);
    harness::expect_equal(static_cast<uint64_t>(end.exit_status), 70, "exit status", file, line);
    harness::expect(end.says("postern: the monitor itself: illegal instruction at "),
                    "what it says", file, line);
}

volatile uintptr_t begin_of_child, end_of_child;

void expect_no_region(uintptr_t begin, uintptr_t end, const char *file = __builtin_FILE(),
                      int line = __builtin_LINE()) {
    begin_of_child = begin;
    end_of_child = end;
    expect_trap([] { static_cast<void>(Region::from_raw(begin_of_child, end_of_child)); }, file,
                line);
}

} // namespace

POSTERN_TEST("unit.region.contains") {
    const auto region = Region::from_raw(0x1000, 0x3000);
    EXPECT_EQUAL(region.bytes(), 0x2000);
    EXPECT(!region.empty());
    EXPECT(region.contains(0x1000, 0x2000));
    EXPECT(region.contains(0x1000, 0));
    EXPECT(region.contains(0x3000, 0));
    EXPECT(region.contains(0x2fff, 1));
    EXPECT(!region.contains(0xfff, 1));
    EXPECT(!region.contains(0xfff, 0));
    EXPECT(!region.contains(0x1000, 0x2001));
    EXPECT(!region.contains(0x2fff, 2));
    EXPECT(!region.contains(0x3000, 1));
    EXPECT(!region.contains(0x3001, 0));
    EXPECT(!region.contains(0x2000, ~size_t{0}));
    EXPECT(!region.contains(0x1000, size_t{0} - 0x1000)); // ends at 0
    EXPECT(!region.contains(~uintptr_t{0}, 1));
    EXPECT(!region.contains(0, ~size_t{0}));
}

POSTERN_TEST("unit.region.empty_and_whole") {
    const auto empty = Region::from_raw(0x2000, 0x2000);
    EXPECT(empty.empty());
    EXPECT_EQUAL(empty.bytes(), 0);
    EXPECT(!empty.contains(0x2000, 1));
    const auto whole = Region::from_raw(0, highest);
    EXPECT(whole.contains(0, highest));
    EXPECT(!whole.contains(1, highest));
    EXPECT(!whole.contains(highest, 1));
}

POSTERN_TEST("deny.region.that_is_none", SHOWS(wrong_side_of_a_value_ends)) {
    EXPECT_EQUAL(Region::from_raw(0x1000, 0x2000).bytes(), 0x1000);
    expect_no_region(0x2000, 0x1000);
    expect_no_region(0x1001, 0x2000);
    expect_no_region(0x1000, 0x2800);
    expect_no_region(0x1000, ~uintptr_t{0});
}

POSTERN_TEST("unit.result.value_or_error") {
    const auto value = good();
    EXPECT(bool(value));
    EXPECT_EQUAL(value.value(), 7);
    EXPECT_EQUAL(value.value_or(1), 7);
    const auto error = bad();
    EXPECT(!error);
    EXPECT(error.error() == rt::Errno::no_space);
    EXPECT_EQUAL(error.value_or(1), 1);
    const Result<int, Reason> reason = Reason{-3};
    EXPECT(!reason && reason.error().code == -3 && reason.fault().code == -3);
    const Result<Done> done = Done{};
    EXPECT(bool(done));
}

POSTERN_TEST("deny.result.asked_for_the_wrong_side", SHOWS(wrong_side_of_a_value_ends)) {
    expect_trap([] { static_cast<void>(bad().value()); });
    expect_trap([] { static_cast<void>(good().error()); });
    expect_trap([] { static_cast<void>(Result<int, Reason>(5).fault()); });
}

POSTERN_TEST("unit.result.must_says_which_step_failed") {
    EXPECT_EQUAL(rt::base::must(good(), "the step"), 7);
    const auto end = harness::in_child([] { rt::base::must(bad(), "the seventh step"); });
    EXPECT_EQUAL(end.exit_status, 70);
    EXPECT(end.says("postern: start-up failed: the seventh step: no space left\n"));
}

POSTERN_TEST("unit.claimed.is_a_number_alone") {
    EXPECT_EQUAL(rt::Claimed::from_raw(~uint64_t{0}).raw(), ~uint64_t{0});
    EXPECT_EQUAL(rt::Claimed().raw(), 0);
    const int object = 0;
    EXPECT_EQUAL(rt::Claimed::of(&object).raw(), reinterpret_cast<uint64_t>(&object));
}
