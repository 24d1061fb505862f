/// Rests of domains that fault too often, by a clock that the cases feed.
#include "rt/life/rest.h"

#include "rt/life/standing.h"
#include "rt/sys/process.h"
#include "tests/harness/harness.h"

namespace {

using rt::life::begin_rest;
using rt::life::count_fault;
using rt::life::end_rest_in_time;
using rt::life::Standing;
using rt::life::standing_of;

constexpr uint64_t millisecond = 1'000'000, second = 1'000'000'000;
constexpr uint64_t then = 5 * second; // some time

/// Whether a rest from `now` on is over after `length`, and not a nanosecond before.
bool rests_for(Domain domain, uint64_t now, uint64_t length) {
    begin_rest(domain, now);
    end_rest_in_time(domain, now + length - 1);
    const bool rests = standing_of(domain) == Standing::resting;
    end_rest_in_time(domain, now + length);
    return rests && standing_of(domain) == Standing::taking;
}

constinit uint64_t before_main = 0;

} // namespace

POSTERN_ON_FAULT(rt::restart_at_most(Domain::counted, 2, rt::per_second));

void prepare(rt::Arguments) {
    before_main = rt::sys::monotonic_nanoseconds();
}

POSTERN_TEST("run.rests.twice_as_long_each_time", SHOWS(faults_too_often_are_followed_by_rests)) {
    uint64_t now = then;
    for (uint64_t length = millisecond; length < second; now += length, length *= 2) {
        EXPECT(rests_for(Domain::doubling, now, length));
    }
    EXPECT(rests_for(Domain::doubling, now, second));
    EXPECT(rests_for(Domain::doubling, now + second, second));
    EXPECT(rests_for(Domain::doubling, now + 2 * second + second - 1, second));
    // After a second without a rest the first one is a millisecond again.
    EXPECT(rests_for(Domain::doubling, now + 4 * second + second - 1, millisecond));
}

// A restart by hand has ended the rest before its time.
POSTERN_TEST("run.rests.one_after_another_that_was_cut_short",
             SHOWS(faults_too_often_are_followed_by_rests)) {
    EXPECT(rests_for(Domain::cut, then, millisecond));
    begin_rest(Domain::cut, then + millisecond);
    EXPECT(bool(rt::restart(Domain::cut)));
    EXPECT(standing_of(Domain::cut) == Standing::taking);
    EXPECT(rests_for(Domain::cut, then + millisecond + 1, 4 * millisecond));
}

POSTERN_TEST("run.rests.more_faults_than_permitted_in_a_second",
             SHOWS(faults_too_often_are_followed_by_rests)) {
    constexpr auto policy = rt::restart_at_most(Domain::frequent, 2, rt::per_second);
    EXPECT(!count_fault(policy, then));
    EXPECT(!count_fault(policy, then + 1));
    EXPECT(bool(rt::restart(Domain::frequent))); // by hand: no fault
    EXPECT(count_fault(policy, then + 2));
    EXPECT(count_fault(policy, then + second - 1));
    EXPECT(!count_fault(policy, then + second));
    EXPECT(!count_fault(policy, then + 2 * second - 1));
    EXPECT(count_fault(policy, then + 2 * second - 1));
}

POSTERN_TEST("run.rests.a_life_that_is_too_short", SHOWS(faults_too_often_are_followed_by_rests)) {
    constexpr auto policy = rt::restart_always(Domain::brief).with_shortest_life(10);
    rt::life::note_life(Domain::brief, then);
    EXPECT(count_fault(policy, then + 9));
    EXPECT(!count_fault(policy, then + 10));
    begin_rest(Domain::brief, then); // the next life begins after it
    EXPECT(count_fault(policy, then + millisecond + 9));
    EXPECT(!count_fault(policy, then + millisecond + 10));
}

// Each policy here calls a life short that is as long as the time since `begin`, and a nanosecond.
POSTERN_TEST("run.rests.lives_begin_at_start_and_with_each_restart",
             SHOWS(faults_too_often_are_followed_by_rests)) {
    const auto is_short = [](uint64_t begin) {
        const uint64_t now = rt::sys::monotonic_nanoseconds();
        return count_fault(rt::restart_always(Domain::counted).with_shortest_life(now - begin + 1),
                           now);
    };
    EXPECT(is_short(before_main));
    const uint64_t before_restart = rt::sys::monotonic_nanoseconds();
    EXPECT(!is_short(before_restart));
    EXPECT(bool(rt::restart(Domain::counted)));
    EXPECT(is_short(before_restart));
}
