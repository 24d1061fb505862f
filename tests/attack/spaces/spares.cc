/// A process waits for the next life of a restarted domain. Chance, or somebody with the right to
/// send signals, ends it or stops it. What must hold: the next life begins, or its call ends by its
/// deadline; the spare has nothing of the former life; a domain that was never restarted has none.
#include <asm/unistd.h>

#include "rt/domain/table.h"
#include "rt/space/spare.h"
#include "rt/space/turn.h"
#include "rt/sys/call.h"
#include "rt/sys/child.h"
#include "rt/sys/process.h"
#include "tests/attack/spaces/beside.h"
#include "tests/attack/spaces/hostile.h"
#include "tests/attack/spaces/process.h"

namespace {

using rt::FaultKind;
using rt::sys::call_raw;
using namespace spaces;

constexpr uint64_t milliseconds = 1'000'000;
constexpr long sigkill = 9, sigcont = 18, sigstop = 19;

bool add_works() {
    const auto sum = rt::call<Domain::alice>(add_in_alice, 1ul, 2ul, 3ul);
    return sum && sum.value() == 6;
}

/// Restarts alice until a spare of hers waits for its first order; its process, which is not hers.
int ready_spare() {
    EXPECT(bool(rt::restart(Domain::alice)));
    EXPECT(add_works());
    const int spare = spare_of(Domain::alice);
    EXPECT(spare != 0 && spare != process_of(Domain::alice));
    while (!rt::space::has_answered(rt::space::spare_of(Domain::alice))) {
        sleep(milliseconds / 10);
    }
    return spare;
}

} // namespace

// First: no domain has been restarted yet.
POSTERN_TEST("attack.spaces.spare_comes_with_the_first_restart",
             SHOWS(restarted_domain_has_a_spare)) {
    rt::space::bury_spares();
    EXPECT(all_well());
    EXPECT_EQUAL(children(), 3); // the zygote, alice, bob
    const int spare = ready_spare();
    EXPECT_EQUAL(children(), 4);
    EXPECT(bool(rt::restart(Domain::alice)) && add_works());
    EXPECT_EQUAL(process_of(Domain::alice), spare);
    EXPECT(spare_of(Domain::alice) != 0);
    EXPECT_EQUAL(children(), 4);
    // And again without a call in between.
    EXPECT(bool(rt::restart(Domain::alice)) && bool(rt::restart(Domain::alice)) && all_well());
}

POSTERN_TEST("attack.spaces.spare_ends", SHOWS(restarted_domain_has_a_spare), TRIES(attack_118)) {
    for (int i = 0; i < 20; ++i) {
        const int spare = ready_spare();
        send(spare, sigkill);
        while (!rt::sys::has_ended(static_cast<rt::sys::Process>(spare))) {
            sleep(milliseconds / 10);
        }
        EXPECT(bool(rt::restart(Domain::alice)) && add_works());
        EXPECT(process_of(Domain::alice) != spare);
    }
    EXPECT(all_well() && sees_no_child());
}

POSTERN_TEST("attack.spaces.spare_is_stopped", SHOWS(restarted_domain_has_a_spare),
             TRIES(attack_118)) {
    send(ready_spare(), sigstop);
    EXPECT(bool(rt::restart(Domain::alice)));
    const uint64_t begun = now();
    const auto late =
        rt::call_within<Domain::alice>(20 * milliseconds, add_in_alice, 1ul, 2ul, 3ul);
    EXPECT(!late && late.fault().kind == FaultKind::deadline);
    EXPECT(now() - begun < 2000 * milliseconds);
    EXPECT(all_well());
}

// The zygote is stopped while it owes a spare: the next life waits for it.
POSTERN_TEST("attack.spaces.spare_is_late", SHOWS(restarted_domain_has_a_spare),
             TRIES(attack_118)) {
    rt::space::bury_spares();
    EXPECT(all_well());
    const long process = zygote();
    send(process, sigstop);
    const Beside beside([=] {
        sleep(300 * milliseconds);
        send(process, sigcont);
    });
    EXPECT(bool(rt::restart(Domain::alice))); // orders the spare
    const uint64_t begun = now();
    EXPECT(bool(rt::restart(Domain::bob))); // the zygote has no time for another one
    EXPECT(now() - begun < 200 * milliseconds);
    EXPECT(add_works() && all_well());
    EXPECT(now() - begun >= 200 * milliseconds);
    EXPECT(bool(rt::restart(Domain::alice)) && bool(rt::restart(Domain::bob)) && all_well());
}

// A birth takes the mailbox for which the zygote still makes a process.
POSTERN_TEST("attack.spaces.spare_is_not_wanted", SHOWS(restarted_domain_has_a_spare)) {
    EXPECT(all_well());
    rt::space::bury_spares();
    EXPECT(bool(rt::restart(Domain::alice))); // orders it
    EXPECT(bool(rt::space::give_birth(Domain::alice, rt::domain::view_of(Domain::alice))));
    EXPECT_EQUAL(children(), 3); // the zygote, alice, bob
    EXPECT(add_works());
}

// What alice scribbled over the answers of one life is not there in the next but one, which has the
// same mailbox.
POSTERN_TEST("attack.spaces.spare_finds_nothing", SHOWS(restarted_domain_has_a_spare)) {
    static_cast<void>(ready_spare());
    const auto *answers = rt::space::child_of(Domain::alice).answers;
    static_cast<void>(rt::call<Domain::alice>(scribble_in_alice, 1ul, 20'000ul));
    EXPECT(bool(rt::restart(Domain::alice)) && add_works());
    static_cast<void>(ready_spare());
    EXPECT(rt::space::child_of(Domain::alice).answers == answers);
    for (uint64_t i = 0x100; i < RT_MAILBOX_LIST_ITEMS; ++i) {
        EXPECT_EQUAL(answers->results[i], 0);
    }
}
