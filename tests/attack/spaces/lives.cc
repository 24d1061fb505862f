/// The attacker, or chance, ends, stops and continues processes of the program at any moment. It
/// wants a call that never ends, a wrong value, or something that stays: a process, a descriptor, a
/// mapping, memory. What must hold: each call ends as a value, as Fault{died}, or by its deadline,
/// and the next one works.
#include <asm/unistd.h>
#include <linux/resource.h>

#include "rt/space/spare.h"
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

/// A process of the domain's two mailboxes, or a spare; 0 if that one has none. A process beside does
/// not know which of the mailboxes is in use.
int any_of(Domain domain, harness::Random &random) {
    const bool is_second = random.below(2) == 0;
    const auto &orders =
        *(is_second ? rt::space::spare_of(domain) : rt::space::child_of(domain)).orders;
    return static_cast<int>(orders.process != 0 ? orders.process : orders.spare);
}

/// Sends one of `signals` to a child of a domain now and then, without end; counts in `sent`.
[[noreturn]] void disturb(const long *signals, uint64_t count, uint64_t longest,
                          volatile uint64_t *sent) {
    harness::Random random(now());
    for (;;) {
        sleep(1 + random.below(longest));
        const int process = any_of(random.below(2) == 0 ? Domain::alice : Domain::bob, random);
        const uint64_t which = random.below(count);
        if (process > 0 && send(static_cast<long>(process), signals[which]) == 0) {
            *sent = *sent + 1;
        }
    }
}

/// A word that a process beside writes, too: nothing uses it.
volatile uint64_t *shared_word() {
    return &rt::space::child_of(rt::no_domain).orders->unused_to_list[0];
}

struct Ends {
    uint64_t values = 0, wrong = 0, died = 0, late = 0, others = 0, longest = 0;

    template <class Answer>
    void add(const Answer &answer, uint64_t wanted, uint64_t begun) {
        const uint64_t took = now() - begun;
        longest = took > longest ? took : longest;
        if (answer) {
            ++values;
            wrong += answer.value() == wanted ? 0 : 1;
            return;
        }
        const FaultKind kind = answer.fault().kind;
        died += kind == FaultKind::died ? 1 : 0;
        late += kind == FaultKind::deadline ? 1 : 0;
        if (kind != FaultKind::died && kind != FaultKind::deadline) {
            rt::log("{}", answer.fault());
            ++others;
        }
    }
};

/// Calls both domains while a process beside sends signals: so many of each at least.
void under(const long *signals, uint64_t kinds, uint64_t count) {
    const Footprint before = footprint();
    volatile uint64_t *sent = shared_word();
    *sent = 0;
    Ends ends;
    {
        Beside beside([&] { disturb(signals, kinds, milliseconds, sent); });
        for (uint64_t i = 0; *sent < count || i < count; ++i) {
            const uint64_t begun = now();
            const uint64_t time = 20 * milliseconds;
            i % 2 == 0 ? ends.add(rt::call_within<Domain::alice>(time, add_in_alice, i, 2ul, 3ul),
                                  i + 5, begun)
                       : ends.add(rt::call_within<Domain::bob>(time, add_in_bob, i, 7ul, 8ul),
                                  i + 15, begun);
        }
    }
    rt::log("{} signals: {} values, {} died, {} deadline; the longest took {} us", *sent,
            ends.values, ends.died, ends.late, ends.longest / 1000);
    EXPECT_EQUAL(ends.wrong, 0);
    EXPECT_EQUAL(ends.others, 0);
    EXPECT(ends.values > 0 && ends.died + ends.late > 0);
    EXPECT(ends.longest < 5000 * milliseconds);
    rt::space::bury(rt::space::child_of(Domain::alice)); // it may be stopped, or about to end
    rt::space::bury(rt::space::child_of(Domain::bob));
    rt::space::bury_spares();
    EXPECT(all_well());
    EXPECT(sees_no_child());
    expect_same(before, footprint());
}

} // namespace

POSTERN_TEST("attack.spaces.kills_at_any_moment", SHOWS(dead_child_is_a_fault), TRIES(attack_118)) {
    under(&sigkill, 1, in_short_and_long(300, 20'000));
}

POSTERN_TEST("attack.spaces.kills_stops_and_continues", SHOWS(dead_child_is_a_fault),
             TRIES(attack_118)) {
    constexpr long signals[] = {sigkill, sigstop, sigcont, sigcont};
    under(signals, 4, in_short_and_long(300, 20'000));
}

POSTERN_TEST("attack.spaces.stopped_child_is_a_deadline", SHOWS(dead_child_is_a_fault),
             TRIES(attack_118)) {
    EXPECT(all_well());
    send(process_of(Domain::alice), sigstop);
    const uint64_t begun = now();
    const auto answer =
        rt::call_within<Domain::alice>(20 * milliseconds, add_in_alice, 1ul, 2ul, 3ul);
    EXPECT(!answer && answer.fault().kind == FaultKind::deadline);
    EXPECT(now() - begun < 2000 * milliseconds);
    EXPECT(all_well());
}

// A stop that comes between the process' beginning and its first order.
POSTERN_TEST("attack.spaces.stopped_at_birth_is_a_deadline", SHOWS(dead_child_is_a_fault),
             TRIES(attack_118)) {
    uint64_t late = 0;
    for (int i = 0; i < 20; ++i) {
        rt::space::bury_spares();
        rt::space::bury(rt::space::child_of(Domain::alice));
        const Beside beside([] {
            while (process_of(Domain::alice) == 0) {
            }
            send(static_cast<long>(process_of(Domain::alice)), sigstop);
        });
        const uint64_t begun = now();
        const auto answer =
            rt::call_within<Domain::alice>(20 * milliseconds, add_in_alice, 1ul, 2ul, 3ul);
        EXPECT(answer || answer.fault().kind == FaultKind::deadline);
        EXPECT(now() - begun < 2000 * milliseconds);
        late += answer ? 0 : 1;
    }
    rt::log("{} of 20 were late", late);
    rt::space::bury(rt::space::child_of(Domain::alice));
    EXPECT(all_well());
}

POSTERN_TEST("attack.spaces.child_ends_while_it_runs", SHOWS(dead_child_is_a_fault),
             TRIES(attack_118)) {
    EXPECT(all_well());
    const int process = process_of(Domain::alice);
    Beside beside([&] {
        sleep(20 * milliseconds);
        send(process, sigkill);
        end_program_after(20'000 * milliseconds);
    });
    const auto answer = rt::call<Domain::alice>(spin_in_alice);
    EXPECT(!answer && answer.fault().kind == FaultKind::died && answer.fault().number == 0);
    EXPECT(all_well());
}

// The signal of a child's end is the only thing that ends such a wait.
POSTERN_TEST("attack.spaces.child_ends_where_no_signal_can_be_queued", SHOWS(dead_child_is_a_fault),
             TRIES(attack_118)) {
    EXPECT(all_well());
    constexpr rlimit64 none{0, 0};
    EXPECT_EQUAL(call_raw(__NR_prlimit64, 0, RLIMIT_SIGPENDING, &none, 0), 0);
    const int process = process_of(Domain::alice);
    Beside beside([&] {
        sleep(20 * milliseconds);
        send(process, sigkill);
        end_program_after(20'000 * milliseconds);
    });
    const auto answer = rt::call<Domain::alice>(spin_in_alice);
    EXPECT(!answer && answer.fault().kind == FaultKind::died);
    EXPECT(all_well());
}

POSTERN_TEST("attack.spaces.restarts_leave_nothing", SHOWS(restarts_of_spaces_leave_nothing)) {
    const auto restart = [] {
        const auto faulted = rt::call<Domain::alice>(end_in_alice);
        return !faulted && bool(rt::restart(Domain::alice)) && all_well();
    };
    rt::space::bury_spares(); // of the cases before this one
    EXPECT(restart());
    const Footprint before = footprint();
    uint64_t good = 0;
    const uint64_t count = in_short_and_long(1000, 100'000);
    for (uint64_t i = 0; i < count; ++i) {
        good += restart() ? 1 : 0;
    }
    EXPECT_EQUAL(good, count);
    expect_same(before, footprint());
    EXPECT(sees_no_child());
    EXPECT(spare_of(Domain::alice) != 0);
    EXPECT_EQUAL(children(), 4); // the zygote, and one for each domain, and alice's spare
}

namespace {

/// Ends alice's process in a fork of the program. Only the program can wait for it; a fork sees
/// that it has ended. [pidfd_open(2)]
void end_alice_in_a_fork() {
    constexpr short readable = 1; // POLLIN
    struct {
        int file;
        short wanted, seen;
    } poll{static_cast<int>(call_raw(__NR_pidfd_open, process_of(Domain::alice), 0)), readable, 0};
    rt::space::bury(rt::space::child_of(Domain::alice));
    constexpr long any_time = -1;
    static_cast<void>(call_raw(__NR_poll, &poll, 1, any_time));
}

} // namespace

// The copy uses the domains' processes while this program waits, and has one made.
POSTERN_TEST("run.spaces.fork_uses_the_same_processes", SHOWS(forks_use_the_same_processes)) {
    if (rt::key::has_keys()) {
        return harness::skip("shown where every domain has an address space of its own");
    }
    EXPECT(all_well());
    const int bobs = process_of(Domain::bob), alices = process_of(Domain::alice);
    const auto end = harness::in_child([] {
        const bool used = all_well();
        end_alice_in_a_fork();
        const bool spared = all_well(); // by the spare that was ready
        end_alice_in_a_fork();
        const bool made = all_well();
        rt::sys::exit(used && spared && made ? 0 : 1);
    });
    EXPECT_EQUAL(end.exit_status, 0);
    EXPECT(process_of(Domain::alice) != alices);
    EXPECT_EQUAL(process_of(Domain::bob), bobs);
    EXPECT(all_well());
    rt::sys::end_child(static_cast<rt::sys::Process>(alices)); // collects it
}

POSTERN_TEST("attack.spaces.zygote_is_stopped_for_a_while", SHOWS(dead_child_is_a_fault),
             TRIES(attack_118)) {
    EXPECT(all_well());
    rt::space::bury(rt::space::child_of(Domain::alice));
    rt::space::bury_spares();
    const long process = zygote();
    send(process, sigstop);
    const Beside beside([=] {
        sleep(300 * milliseconds);
        send(process, sigcont);
    });
    const uint64_t begun = now();
    EXPECT(bool(rt::call<Domain::alice>(add_in_alice, 1ul, 2ul, 3ul)));
    EXPECT(now() - begun >= 200 * milliseconds);
    EXPECT(all_well());
}

// Last: no domain can be born afterwards.
POSTERN_TEST("attack.spaces.zygote_ends", SHOWS(dead_child_is_a_fault), TRIES(attack_118)) {
    EXPECT(all_well());
    send(zygote(), sigkill);
    EXPECT(all_well());
    rt::space::bury_spares();
    rt::space::bury(rt::space::child_of(Domain::alice));
    for (int i = 0; i < 3; ++i) {
        const uint64_t begun = now();
        const auto answer = rt::call<Domain::alice>(add_in_alice, 1ul, 2ul, 3ul);
        EXPECT(!answer && answer.fault().kind == FaultKind::died);
        constexpr uint64_t no_process = 3; // ESRCH
        EXPECT_EQUAL(answer.fault().number, no_process);
        EXPECT(now() - begun < 2000 * milliseconds);
    }
    const auto bob = rt::call<Domain::bob>(add_in_bob, 4ul, 5ul, 6ul);
    EXPECT(bob && bob.value() == 15);
}
