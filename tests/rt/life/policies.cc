/// What is done about faults: each policy of POSTERN_ON_FAULT, its hooks, and rests.
#include "rt/space/child.h"
#include "rt/sys/process.h"
#include "tests/harness/harness.h"

namespace {

using rt::FaultKind;

/// A domain's code: counts, and falls where `falls`.
uint64_t count_in(uint64_t &counter, bool falls) {
    ++counter;
    if (falls) {
        *reinterpret_cast<volatile uint64_t *>(8) = counter;
    }
    return counter;
}
constexpr uint64_t first = 42;

#define COUNTER(domain)                                                                            \
    POSTERN_DATA(domain) uint64_t domain##_counter = first - 1;                                    \
    uint64_t domain##_counts(bool falls) {                                                         \
        return count_in(domain##_counter, falls);                                                  \
    }                                                                                              \
    constexpr rt::Entry<Domain::domain, domain##_counts> domain##_entry;
COUNTER(none)
COUNTER(kept)
COUNTER(always)
COUNTER(limited)
COUNTER(asked)
COUNTER(ended)
COUNTER(brief)
COUNTER(hooked)

template <Domain domain, class Entry>
uint64_t count(Entry entry) {
    return rt::call<domain>(entry, false).value_or(0);
}
/// Has the domain fault; whether it did so by itself.
template <Domain domain, class Entry>
bool fall(Entry entry) {
    const auto ended = rt::call<domain>(entry, true);
    return !ended && ended.fault().kind == FaultKind::write && ended.fault().address == 8;
}

uint64_t hooked_spins() {
    for (;;) {
        hooked_counter = hooked_counter + 1;
        asm volatile("" : : : "memory");
    }
}
constexpr rt::Entry<Domain::hooked, hooked_spins> hooked_spins_entry;

/// Whether no process of the domain's is left that could run on.
bool runs_nothing(Domain domain) {
    return !rt::key::is_apart(domain) || !rt::space::child_of(domain).has_process();
}

constinit rt::Verdict decided = rt::Verdict::keep;
constinit rt::Fault told{};
rt::Verdict decide(Domain domain, const rt::Fault &fault) {
    EXPECT(domain == Domain::asked);
    told = fault;
    return decided;
}

constinit uint64_t seen_before = 0, called_before = 0, called_after = 0;
constinit rt::Errno refused_after{};
constinit uint64_t to_hand_over = 0;
void before(Domain domain, const rt::Fault &fault) {
    EXPECT(domain == Domain::hooked && fault.domain == domain);
    seen_before = rt::get_user<uint64_t>(domain, rt::Claimed::of(&hooked_counter)).value_or(0);
    // Two ways to clean up that end in a fault, which changes nothing.
    EXPECT(fall<Domain::hooked>(hooked_entry));
    const auto spun = rt::call_within<Domain::hooked>(uint64_t{20'000'000}, hooked_spins_entry);
    EXPECT(!spun) && EXPECT(spun.fault().kind == FaultKind::deadline);
    ++called_before;
}
void after(Domain domain) {
    EXPECT(domain == Domain::hooked);
    EXPECT(fall<Domain::hooked>(hooked_entry));
    EXPECT(bool(rt::put_user(domain, rt::Claimed::of(&hooked_counter), to_hand_over)));
    ++called_after;
    if (called_after < 10) { // else it would not end
        const auto again = rt::restart(domain);
        refused_after = again ? rt::Errno{} : again.error();
    }
}

constexpr uint64_t an_hour = 3'600'000'000'000;

uint64_t cross_to_limited();
uint64_t ask_for_fall();
constexpr rt::Entry<Domain::none, cross_to_limited> cross_entry;
constexpr rt::Entry<Domain::always, ask_for_fall> ask_for_fall_entry;
constexpr rt::CrossCall<1, Domain::none, limited_entry> to_limited;
constexpr rt::Service<1, void()> fall_in_always;
uint64_t ask_for_own_fall();
constexpr rt::Entry<Domain::asked, ask_for_own_fall> ask_for_own_fall_entry;
constexpr rt::Service<2, void()> fall_in_asked;

uint64_t cross_to_limited() {
    const auto ended = to_limited(false);
    return ended ? 0x100 : static_cast<uint64_t>(ended.fault());
}
uint64_t ask_for_fall() {
    always_counts(false);
    fall_in_always();
    return always_counter;
}
uint64_t ask_for_own_fall() {
    fall_in_asked();
    return asked_counts(false);
}
void handle_own_fall(Domain) {
    EXPECT(fall<Domain::asked>(asked_entry));
}
void handle_fall(Domain) {
    EXPECT(fall<Domain::always>(always_entry));
}

// A hostile domain, `none`, has an innocent one called when its own time or the monitor's stack is
// used up.
constinit rt::FaultKind met{};
uint64_t ended_asks();
uint64_t none_wastes_time();
uint64_t none_goes_deeper();
constexpr rt::Entry<Domain::ended, ended_asks> ended_asks_entry;
constexpr rt::Entry<Domain::none, none_wastes_time> none_wastes_time_entry;
constexpr rt::Entry<Domain::none, none_goes_deeper> none_goes_deeper_entry;
constexpr rt::Service<3, void()> do_nothing;
constexpr rt::Service<4, void()> use_ended;
constexpr rt::Service<5, void()> go_deeper;
constexpr rt::Service<6, void()> use_nothing;
uint64_t spent_spins();
uint64_t spent_asks();
constexpr rt::Entry<Domain::spent, spent_spins> spent_spins_entry;
constexpr rt::Entry<Domain::spent, spent_asks> spent_asks_entry;

[[noreturn]] void spin() {
    for (;;) {
        asm volatile("" : : : "memory");
    }
}
uint64_t ended_spins() {
    spin();
}
constexpr rt::Entry<Domain::ended, ended_spins> ended_spins_entry;
uint64_t ended_asks() {
    do_nothing();
    return 1;
}
uint64_t none_wastes_time() {
    use_ended();
    return 1;
}
uint64_t none_goes_deeper() {
    go_deeper();
    return 1;
}
uint64_t spent_spins() {
    spin();
}
uint64_t spent_asks() {
    use_nothing();
    return 1;
}
void handle_nothing(Domain) {}
void handle_use(Domain) {
    const auto cut = rt::call<Domain::ended>(ended_spins_entry);
    met = cut ? FaultKind{} : cut.fault().kind;
}
void handle_deeper(Domain) {
    static_cast<void>(rt::call<Domain::none>(none_goes_deeper_entry));
    const auto refused = rt::call<Domain::ended>(ended_asks_entry);
    if (!refused && met == FaultKind{}) {
        met = refused.fault().kind;
    }
}

constinit bool cleaned_up = false, equipped = false;
void clean_up(Domain, const rt::Fault &) {
    cleaned_up = bool(rt::call_within<Domain::spent>(an_hour, spent_asks_entry));
}
void equip(Domain) {
    equipped = bool(rt::call<Domain::spent>(spent_asks_entry));
}

/// Has `limited` fault until it rests for so long that the next call comes too early.
rt::Fault fall_until_rest() {
    for (int round = 0; round < 200; ++round) {
        static_cast<void>(rt::call<Domain::limited>(limited_entry, true));
        const auto ended = rt::call<Domain::limited>(limited_entry, false);
        if (!ended && ended.fault().kind == FaultKind::resting) {
            return ended.fault();
        }
    }
    return {};
}
void sleep_through_rest() {
    constexpr uint64_t more_than_a_rest = 1'100'000'000;
    rt::sys::sleep(more_than_a_rest);
}

} // namespace

POSTERN_SERVICES(rt::provide<fall_in_always, handle_fall>(Domain::always),
                 rt::provide<fall_in_asked, handle_own_fall>(Domain::asked),
                 rt::provide<do_nothing, handle_nothing>(Domain::ended),
                 rt::provide<use_ended, handle_use>(Domain::none),
                 rt::provide<go_deeper, handle_deeper>(Domain::none),
                 rt::provide<use_nothing, handle_nothing>(Domain::spent));
POSTERN_CROSS_CALLS(to_limited);
POSTERN_ON_FAULT(rt::keep(Domain::kept), rt::restart_always(Domain::always),
                 rt::restart_at_most(Domain::limited, 2, rt::per_second),
                 rt::ask(Domain::asked, decide), rt::give_up(Domain::ended),
                 rt::restart_always(Domain::brief).with_shortest_life(an_hour),
                 rt::restart_always(Domain::hooked).before_restart(before).after_restart(after),
                 rt::restart_always(Domain::spent).before_restart(clean_up).after_restart(equip));

POSTERN_TEST("attack.on_fault.the_time_of_another", SHOWS(policy_answers_each_fault),
             TRIES(attack_112)) {
    met = FaultKind{};
    // A machine that stalls may cut `none` before it has the other one called.
    for (uint64_t time = 20'000'000; met == FaultKind{}; time *= 2) {
        EXPECT(!rt::call_within<Domain::none>(time, none_wastes_time_entry));
    }
    EXPECT(met == FaultKind::deadline);
    EXPECT(bool(rt::call<Domain::ended>(ended_asks_entry)));
}

POSTERN_TEST("attack.on_fault.the_stack_of_the_monitor", SHOWS(policy_answers_each_fault),
             TRIES(attack_112)) {
    met = FaultKind{};
    static_cast<void>(rt::call<Domain::none>(none_goes_deeper_entry));
    EXPECT(met == FaultKind::nesting);
    EXPECT(bool(rt::call<Domain::ended>(ended_asks_entry)));
}

POSTERN_TEST("run.on_fault.hooks_have_time_when_the_domain_has_none",
             SHOWS(policy_answers_each_fault)) {
    const auto cut = rt::call_within<Domain::spent>(uint64_t{20'000'000}, spent_spins_entry);
    EXPECT(!cut && cut.fault().kind == FaultKind::deadline);
    EXPECT(cleaned_up && equipped);
}

POSTERN_TEST("run.on_fault.a_domain_is_kept", SHOWS(policy_answers_each_fault)) {
    EXPECT(fall<Domain::none>(none_entry) && fall<Domain::kept>(kept_entry));
    EXPECT_EQUAL(count<Domain::none>(none_entry), first + 1);
    EXPECT_EQUAL(count<Domain::kept>(kept_entry), first + 1);
    EXPECT(rt::life_of(Domain::none) == 1 && rt::life_of(Domain::kept) == 1);
}

POSTERN_TEST("run.on_fault.a_domain_is_restarted", SHOWS(policy_answers_each_fault)) {
    EXPECT_EQUAL(count<Domain::always>(always_entry), first);
    const uint64_t life = rt::life_of(Domain::always);
    for (uint64_t faults = 1; faults <= 50; ++faults) {
        EXPECT(fall<Domain::always>(always_entry));
        EXPECT_EQUAL(rt::life_of(Domain::always), life + faults);
        EXPECT_EQUAL(count<Domain::always>(always_entry), first);
    }
}

POSTERN_TEST("run.on_fault.an_inner_fault_ends_no_life", SHOWS(policy_answers_each_fault)) {
    const uint64_t life = rt::life_of(Domain::always);
    const uint64_t before = count<Domain::always>(always_entry);
    EXPECT_EQUAL(rt::call<Domain::always>(ask_for_fall_entry).value_or(0), before + 2);
    EXPECT_EQUAL(rt::life_of(Domain::always), life);
}

POSTERN_TEST("run.on_fault.the_app_is_asked", SHOWS(policy_answers_each_fault)) {
    EXPECT(fall<Domain::asked>(asked_entry));
    EXPECT(told.kind == FaultKind::write && told.domain == Domain::asked && told.address == 8);
    EXPECT_EQUAL(count<Domain::asked>(asked_entry), first + 1);
    decided = rt::Verdict::restart;
    EXPECT(fall<Domain::asked>(asked_entry));
    EXPECT_EQUAL(count<Domain::asked>(asked_entry), first);
    decided = rt::Verdict::give_up;
    EXPECT(fall<Domain::asked>(asked_entry));
    EXPECT_EQUAL(count<Domain::asked>(asked_entry), 0);
    EXPECT(bool(rt::restart(Domain::asked)));
    EXPECT_EQUAL(count<Domain::asked>(asked_entry), first);
}

// Its outer call is open: it goes on, and so do later ones.
POSTERN_TEST("run.on_fault.an_inner_fault_gives_nothing_up", SHOWS(policy_answers_each_fault)) {
    decided = rt::Verdict::give_up;
    const uint64_t before = count<Domain::asked>(asked_entry);
    EXPECT_EQUAL(rt::call<Domain::asked>(ask_for_own_fall_entry).value_or(0), before + 2);
    EXPECT_EQUAL(count<Domain::asked>(asked_entry), before + 3);
    decided = rt::Verdict::keep;
    EXPECT(fall<Domain::asked>(asked_entry)); // by itself, and not because it is gone
}

POSTERN_TEST("deny.on_fault.a_domain_that_is_given_up", SHOWS(policy_answers_each_fault)) {
    EXPECT(fall<Domain::ended>(ended_entry));
    EXPECT_EQUAL(rt::life_of(Domain::ended), 1);
    for (int calls = 0; calls < 3; ++calls) {
        const auto ended = rt::call<Domain::ended>(ended_entry, false);
        EXPECT(!ended) &&
            EXPECT_FAULT(ended.fault(), .kind = FaultKind::gone, .domain = Domain::ended,
                         .signal = 0, .code = 0, .address = 0);
    }
    EXPECT_EQUAL(rt::get_user<uint64_t>(Domain::ended, rt::Claimed::of(&ended_counter)).value_or(0),
                 first); // it has run nothing
    EXPECT(runs_nothing(Domain::ended));
    EXPECT(bool(rt::restart(Domain::ended)));
    EXPECT_EQUAL(count<Domain::ended>(ended_entry), first);
}

POSTERN_TEST("deny.on_fault.a_resting_domain", SHOWS(faults_too_often_are_followed_by_rests)) {
    const auto fault = fall_until_rest();
    EXPECT_FAULT(fault, .kind = FaultKind::resting, .domain = Domain::limited, .signal = 0,
                 .code = 0, .address = 0);
    // It has been restarted, and runs nothing.
    EXPECT(runs_nothing(Domain::limited));
    const uint64_t life = rt::life_of(Domain::limited);
    EXPECT_EQUAL(
        rt::get_user<uint64_t>(Domain::limited, rt::Claimed::of(&limited_counter)).value_or(0),
        first - 1);
    sleep_through_rest();
    EXPECT_EQUAL(count<Domain::limited>(limited_entry), first);
    EXPECT_EQUAL(rt::life_of(Domain::limited), life);
}

POSTERN_TEST("run.on_fault.a_cross_call_to_a_resting_domain",
             SHOWS(faults_too_often_are_followed_by_rests)) {
    EXPECT(fall_until_rest().kind == FaultKind::resting);
    EXPECT_EQUAL(rt::call<Domain::none>(cross_entry).value_or(0), FaultKind::resting);
    sleep_through_rest();
    // The first cross call after the rest ends it. On a slow machine that was the one above.
    static_cast<void>(rt::call<Domain::none>(cross_entry));
    EXPECT_EQUAL(rt::call<Domain::none>(cross_entry).value_or(0), 0x100);
}

POSTERN_TEST("run.on_fault.a_restart_by_hand_ends_a_rest",
             SHOWS(faults_too_often_are_followed_by_rests)) {
    EXPECT(fall_until_rest().kind == FaultKind::resting);
    EXPECT(bool(rt::restart(Domain::limited)));
    EXPECT_EQUAL(count<Domain::limited>(limited_entry), first);
}

POSTERN_TEST("run.on_fault.a_short_life_is_followed_by_a_rest",
             SHOWS(faults_too_often_are_followed_by_rests)) {
    bool rested = false;
    for (int round = 0; round < 200 && !rested; ++round) {
        static_cast<void>(rt::call<Domain::brief>(brief_entry, true));
        const auto ended = rt::call<Domain::brief>(brief_entry, false);
        rested = !ended && ended.fault().kind == FaultKind::resting;
    }
    EXPECT(rested);
}

POSTERN_TEST("run.on_fault.hooks_before_and_after", SHOWS(policy_answers_each_fault)) {
    to_hand_over = 1000;
    EXPECT(fall<Domain::hooked>(hooked_entry));
    EXPECT_EQUAL(seen_before, first); // as the fault left it
    EXPECT(called_before == 1 && called_after == 1);
    EXPECT_EQUAL(rt::life_of(Domain::hooked), 2); // the faults in the hooks have ended none
    EXPECT_EQUAL(count<Domain::hooked>(hooked_entry), 1001);
    to_hand_over = 2000;
    EXPECT(bool(rt::restart(Domain::hooked)));
    EXPECT(called_before == 1 && called_after == 2);
    EXPECT_EQUAL(count<Domain::hooked>(hooked_entry), 2001);
}

POSTERN_TEST("deny.on_fault.a_restart_in_the_hook_after_one", SHOWS(policy_answers_each_fault)) {
    const uint64_t life = rt::life_of(Domain::hooked);
    called_after = 0;
    refused_after = rt::Errno{};
    EXPECT(bool(rt::restart(Domain::hooked)));
    EXPECT(refused_after == rt::Errno::busy);
    EXPECT_EQUAL(called_after, 1);
    EXPECT_EQUAL(rt::life_of(Domain::hooked), life + 1);
}
