/// When the two sides of a mailbox spin on two cores, and for how long.
#include "rt/space/spins.h"

#include "rt/sys/cores.h"
#include "tests/harness/harness.h"

namespace {

using rt::space::BackOff;
using rt::space::looks_for;
using rt::space::Spins;
using rt::sys::Cores;

constexpr bool missed = true, seen = false;

/// Turns on one core until both sides are apart again.
uint32_t turns_together(Spins &spins) {
    for (uint32_t turns = 1; turns < 2 * BackOff::most_off; ++turns) {
        if (spins.begin_turn()) {
            return turns;
        }
    }
    return 0;
}

// Without the word no turn changes anything.
POSTERN_TEST("unit.space.spins_are_declared", SHOWS(spinning_is_declared)) {
    Spins spins;
    EXPECT(!spins.are_apart() && !spins.begin_turn() && !spins.are_apart());
    EXPECT(Spins::allowed().are_apart());
}

POSTERN_TEST("unit.space.spins_end_after_two_misses", SHOWS(spinning_backs_off)) {
    Spins spins = Spins::allowed();
    EXPECT(!spins.judge(missed));
    for (uint32_t turn = 0; turn < BackOff::one_slow; ++turn) {
        EXPECT(!spins.judge(seen));
    }
    EXPECT(!spins.judge(missed) && spins.are_apart());
    EXPECT(spins.judge(missed) && !spins.are_apart());
}

// The turn in which the child wakes on another core is no miss.
POSTERN_TEST("unit.space.spins_do_not_judge_a_move", SHOWS(spinning_backs_off)) {
    Spins spins = Spins::allowed();
    EXPECT(!spins.judge(missed));
    spins.note_move();
    EXPECT(!spins.judge(missed) && spins.are_apart());
    EXPECT(spins.judge(missed));
}

POSTERN_TEST("unit.space.spins_are_tried_again", SHOWS(spinning_backs_off)) {
    Spins spins = Spins::allowed();
    spins.judge(missed);
    spins.judge(missed);
    uint32_t expected = BackOff::fewest_off;
    for (int trial = 0; trial < 20; ++trial) {
        EXPECT(turns_together(spins) == expected);
        EXPECT(spins.are_apart());
        spins.note_move();
        EXPECT(!spins.judge(missed));
        EXPECT(spins.judge(missed)); // a trial needs one
        expected = 2 * expected < BackOff::most_off ? 2 * expected : BackOff::most_off;
    }
}

// A trial that succeeds says nothing: the child is where it must be.
POSTERN_TEST("unit.space.spins_go_on_after_a_trial", SHOWS(spinning_backs_off)) {
    Spins spins = Spins::allowed();
    spins.judge(missed);
    spins.judge(missed);
    EXPECT(turns_together(spins) == BackOff::fewest_off);
    EXPECT(!spins.judge(seen) && spins.are_apart());
    EXPECT(!spins.judge(missed) && spins.judge(missed));
    EXPECT(turns_together(spins) == BackOff::fewest_off);
}

// By the figures of a clock that the case invents.
POSTERN_TEST("unit.space.spins_for_a_hand_over", SHOWS(spinning_backs_off)) {
    EXPECT_EQUAL(looks_for(60'000, 60), 1'000);
    EXPECT_EQUAL(looks_for(90'000, 45), 2'000);
    // On a machine that was busy, and where the clock says nothing.
    EXPECT_EQUAL(looks_for(3'600'000, 40), 10'000);
    EXPECT_EQUAL(looks_for(~uint64_t{0}, 40), 10'000);
    EXPECT_EQUAL(looks_for(0, 0), 20'000);
}

POSTERN_TEST("unit.space.cores_but_one", SHOWS(spinning_is_declared)) {
    const Cores five = Cores::only(5);
    EXPECT_EQUAL(five.count(), 1);
    EXPECT_EQUAL(five.without(4).count(), 1);
    EXPECT_EQUAL(five.without(5).count(), 0);
    EXPECT_EQUAL(Cores::only(Cores::most - 1).count(), 1);
    EXPECT(Cores::of_this_thread().count() > 0);
}

} // namespace
