/// The attacker wants wrong values in another domain, changed memory of the monitor's, or a call
/// that never ends. It writes whatever it likes where its child answers: early, late, twice, and
/// while other calls run. What must hold: its own call ends as a value or a fault of its own, and
/// all else is as it was.
#include "tests/attack/canaries.h"
#include "tests/attack/spaces/hostile.h"
#include "tests/attack/spaces/process.h"

namespace {

using rt::FaultKind;
using namespace spaces;

constexpr uint64_t milliseconds = 1'000'000;
constexpr size_t kinds = 32;

/// A service that calls both domains: the ghost's own call is open meanwhile.
constexpr rt::Service<1, uint64_t(uint64_t)> call_back;
constinit uint64_t called_back = 0;
uint64_t handle_call_back(Domain, uint64_t word) {
    ++called_back;
    const auto bob = rt::call<Domain::bob>(add_in_bob, word, 2ul, 3ul);
    EXPECT(bob ? bob.value() == word + 5 : bob.fault().kind == FaultKind::deadline);
    return rt::call<Domain::alice>(add_in_alice, word, 2ul, 3ul).value_or(0);
}

/// How calls of the attacker have ended; and the longest one.
struct Ends {
    uint64_t calls = 0, values = 0, faults[kinds] = {}, others = 0, longest = 0;

    template <class Answer>
    bool add(const Answer &answer, uint64_t begun) {
        const uint64_t took = now() - begun;
        longest = took > longest ? took : longest;
        ++calls;
        if (answer) {
            ++values;
            return true;
        }
        const rt::Fault &fault = answer.fault();
        rt::Line line;
        line.format("{}", fault); // whatever the child claims can be told
        const auto kind = static_cast<size_t>(fault.kind);
        others += fault.domain != Domain::alice || kind >= kinds ? 1 : 0;
        ++faults[kind % kinds];
        return false;
    }
    uint64_t of(FaultKind kind) const { return faults[static_cast<size_t>(kind)]; }
    void say() const {
        rt::Line line;
        line.format("{} calls: {} values", calls, values);
        for (size_t kind = 0; kind < kinds; ++kind) {
            if (faults[kind] != 0) {
                line.format(", {} {}", faults[kind],
                            rt::base::text_of(static_cast<FaultKind>(kind)));
            }
        }
        line.format("; the longest took {} us", longest / 1000).append('\0');
        rt::log("{}", line.text());
    }
};

/// Begins ghosts of that kind in alice's child, which is buried when it says what cannot be, and
/// gives them orders until a few have met their deadline.
void haunted_by(uint64_t seed, uint64_t event, Ends &ends) {
    constexpr uint64_t orders = 100, most_deadlines = 5;
    const uint64_t before = ends.of(FaultKind::deadline);
    const uint64_t its_time = (event == RT_EVENT_SERVICE ? 50 : 3) * milliseconds;
    for (uint64_t i = 0; i < orders && ends.of(FaultKind::deadline) < before + most_deadlines;
         ++i) {
        const uint64_t begun = now();
        const auto answer =
            i % 4 == 0 ? rt::call_within<Domain::alice>(its_time, haunt_in_alice, seed + i, event)
                       : rt::call_within<Domain::alice>(its_time, add_in_alice, 1ul, 2ul, 3ul);
        ends.add(answer, begun);
        if (i % 16 == 0) {
            const auto bob = rt::call<Domain::bob>(add_in_bob, i, 2ul, 3ul);
            EXPECT(bob && bob.value() == i + 5);
        }
    }
    rt::space::bury(rt::space::child_of(Domain::alice));
}

} // namespace

POSTERN_SERVICES(rt::provide<call_back, handle_call_back>(Domain::alice));

POSTERN_TEST("attack.spaces.scribbles_on_answers", SHOWS(forged_events_are_claims),
             TRIES(attack_117)) {
    attack::set_canaries();
    harness::Random random(1);
    Ends ends;
    for (uint64_t i = 0; i < in_short_and_long(300, 3000); ++i) {
        const uint64_t seed = random.next(), begun = now();
        const auto own =
            rt::call_within<Domain::alice>(1000 * milliseconds, scribble_in_alice, seed, 200ul);
        if (ends.add(own, begun)) {
            EXPECT_EQUAL(own.value(), seed);
        }
    }
    ends.say();
    EXPECT_EQUAL(ends.values, ends.calls); // what it scribbles ends before its answer
    EXPECT_EQUAL(ends.others, 0);
    EXPECT(attack::canaries_intact() && all_well());
}

POSTERN_TEST("attack.spaces.ghosts", SHOWS(forged_events_are_claims), TRIES(attack_117)) {
    attack::set_canaries();
    harness::Random random(2);
    Ends ends;
    for (uint64_t ghost = 0; ghost < in_short_and_long(44, 2000); ++ghost) {
        haunted_by(random.next(), ghost % 2 == 0 ? 0 : 1 + ghost / 2 % 10, ends);
        EXPECT(attack::canaries_intact() && all_well());
    }
    ends.say();
    rt::log("{} of its requests called back", called_back);
    EXPECT(called_back > 0);
    EXPECT_EQUAL(ends.others, 0);
    EXPECT(ends.of(FaultKind::forged) > 0 && ends.values > 0);
    EXPECT(ends.longest < its_time_at_most());
}
