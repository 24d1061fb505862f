/// When the two sides of a mailbox spin on two cores, and for how long.
#include "rt/space/spins.h"

#include "rt/sys/cores.h"
#include "tests/harness/harness.h"

namespace {

using rt::space::looks_for;
using rt::space::Spins;
using rt::sys::Cores;

constexpr uint64_t moment = 1'000;
constexpr uint64_t usual = 10'000, slow = 1'000'000; // turns

/// Misses of so many cycles until the child runs on its caller's core.
uint32_t misses_until_together(Spins &spins, uint64_t &now, uint64_t cycles) {
    constexpr uint32_t most = 1 << 20;
    for (uint32_t misses = 1; misses < most; ++misses) {
        now += cycles;
        if (spins.note_missed(cycles, now)) {
            return misses;
        }
    }
    return 0;
}

/// Turns on one core until both sides are apart again.
uint32_t turns_until_apart(Spins &spins, uint64_t &now, uint64_t cycles) {
    constexpr uint32_t most = 1 << 20;
    for (uint32_t turns = 1; turns < most; ++turns) {
        if (spins.begin_turn(now)) {
            return turns;
        }
        now += cycles;
        spins.note_together(cycles);
    }
    return 0;
}

/// So many misses of that length use the first credit up.
constexpr uint32_t misses_of_credit(uint64_t cycles) {
    return static_cast<uint32_t>(Spins::first_credit / (cycles - usual)) + 1;
}

// Without the word no turn changes anything.
POSTERN_TEST("unit.space.spins_are_declared", SHOWS(spinning_is_declared)) {
    Spins spins;
    EXPECT(!spins.are_apart() && !spins.begin_turn(moment) && !spins.are_apart());
    EXPECT(Spins::allowed().are_apart());
}

POSTERN_TEST("unit.space.spins_end_where_they_lose", SHOWS(spinning_backs_off)) {
    Spins spins = Spins::allowed();
    uint64_t now = moment;
    EXPECT_EQUAL(misses_until_together(spins, now, slow), misses_of_credit(slow));
    EXPECT(!spins.are_apart());
}

// What was saved may be lost; and no more than a bound of it.
POSTERN_TEST("unit.space.spins_go_on_where_they_save", SHOWS(spinning_backs_off)) {
    Spins spins = Spins::allowed();
    uint64_t now = moment;
    for (int turn = 0; turn < 1'000'000; ++turn) {
        spins.note_seen();
    }
    const uint32_t misses = misses_until_together(spins, now, slow);
    EXPECT_EQUAL(misses, Spins::most_credit / (slow - usual) + 1);
    EXPECT(misses > misses_of_credit(slow));
}

// A call that works for as long on one core loses nothing on two.
POSTERN_TEST("unit.space.spins_lose_by_waiting_alone", SHOWS(spinning_backs_off)) {
    Spins spins = Spins::allowed();
    uint64_t now = moment;
    const uint32_t misses = misses_until_together(spins, now, slow);
    EXPECT(turns_until_apart(spins, now, slow) != 0);
    EXPECT(misses_until_together(spins, now, slow) > 100 * misses);
}

// The turn in which the child wakes on another core decides nothing.
POSTERN_TEST("unit.space.spins_do_not_judge_a_move", SHOWS(spinning_backs_off)) {
    Spins spins = Spins::allowed();
    spins.note_move();
    EXPECT(!spins.note_missed(Spins::longest, moment) && spins.are_apart());
    EXPECT(spins.note_missed(Spins::longest, moment));
}

// After 64 turns at least, and 16 times as many, and 16 times as long, as were lost.
POSTERN_TEST("unit.space.spins_are_tried_again", SHOWS(spinning_backs_off)) {
    Spins spins = Spins::allowed();
    uint64_t now = moment;
    EXPECT(spins.note_missed(Spins::first_credit + usual + 1, now));
    EXPECT_EQUAL(turns_until_apart(spins, now, 1'000'000'000), Spins::fewest_turns);
    spins = Spins::allowed();
    const uint32_t misses = misses_until_together(spins, now, slow);
    EXPECT_EQUAL(turns_until_apart(spins, now, 1'000'000'000), Spins::paused_for * misses);
    spins = Spins::allowed();
    EXPECT(misses_until_together(spins, now, slow) == misses);
    const uint64_t begin = now;
    EXPECT(turns_until_apart(spins, now, usual) > Spins::paused_for * misses);
    EXPECT(now - begin >= Spins::paused_for * misses * (slow - usual));
    EXPECT(now - begin < Spins::paused_for * misses * (slow - usual) + usual);
}

// However long a turn was, spinning is tried again after some seconds.
POSTERN_TEST("unit.space.spins_pause_for_a_bounded_time", SHOWS(spinning_backs_off)) {
    Spins spins = Spins::allowed();
    uint64_t now = moment;
    constexpr uint64_t hour = 10'000'000'000'000, second = 2'500'000'000;
    EXPECT(spins.note_missed(hour, now));
    EXPECT_EQUAL(turns_until_apart(spins, now, second), Spins::fewest_turns);
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
