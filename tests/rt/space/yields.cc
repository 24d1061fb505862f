/// When the two sides of a mailbox yield, and when they sleep at once.
#include "rt/space/yields.h"

#include "tests/harness/harness.h"

namespace {

using rt::space::Yields;

constexpr uint64_t quick = 3'000, slow = 10'000'000;

/// Turns until both sides yield again, as a trial.
uint32_t turns_asleep(Yields &yields) {
    for (uint32_t turns = 1; turns < 2 * Yields::most_asleep; ++turns) {
        if (yields.begin_turn()) {
            return turns;
        }
    }
    return 0;
}

// A single slow turn is the work of a call; two, with few quick ones between them, are a third process.
POSTERN_TEST("unit.space.yields_end_after_two_slow_turns", SHOWS(spaces_yield_no_shared_core)) {
    Yields yields;
    EXPECT(!yields.judge(slow));
    for (uint32_t turn = 0; turn < Yields::one_slow; ++turn) {
        EXPECT(!yields.judge(quick));
    }
    EXPECT(!yields.judge(slow) && !yields.judge(quick));
    EXPECT(yields.each_side() == Yields::most);
    EXPECT(yields.judge(slow));
    EXPECT(yields.each_side() == 0u);
}

POSTERN_TEST("unit.space.yields_are_tried_again", SHOWS(spaces_yield_no_shared_core)) {
    Yields yields;
    yields.judge(slow);
    yields.judge(slow);
    uint32_t expected = Yields::fewest_asleep;
    for (int trial = 0; trial < 20; ++trial) {
        EXPECT(turns_asleep(yields) == expected);
        EXPECT(yields.each_side() == 1u);
        EXPECT(yields.judge(slow)); // a trial needs one
        expected = 2 * expected < Yields::most_asleep ? 2 * expected : Yields::most_asleep;
    }
}

POSTERN_TEST("unit.space.yields_go_on_after_a_quick_trial", SHOWS(spaces_yield_no_shared_core)) {
    Yields yields;
    yields.judge(slow);
    yields.judge(slow);
    EXPECT(turns_asleep(yields) == Yields::fewest_asleep);
    EXPECT(yields.judge(quick));
    EXPECT(yields.each_side() == Yields::most);
    EXPECT(!yields.begin_turn() && !yields.judge(slow));
}

} // namespace
