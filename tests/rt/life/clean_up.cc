/// The clean-up of a policy: an entry that runs in the domain after its fault and before its
/// restart.
#include "tests/harness/harness.h"

namespace {

using rt::FaultKind;

constexpr uint64_t millisecond = 1'000'000, enough = 10'000'000'000, short_time = 20 * millisecond;

/// What the entry of `tidy` does.
enum class Way : uint64_t { cleans, faults, spins, asks_for_a_restart };
POSTERN_BSS(tidy) Way way;
POSTERN_DATA(tidy) uint64_t counter = 40;
POSTERN_BSS(hasty) uint64_t hasty_word;

constexpr rt::Service<1, void(uint64_t value)> report;
constexpr rt::Service<2, uint64_t()> restart_me;

/// Returns after a while also where no deadline ends it, so that such a mistake fails and does not
/// hang.
void spin() {
    constexpr uint64_t ticks = 30'000'000'000;
    for (const uint64_t begin = __builtin_ia32_rdtsc(); __builtin_ia32_rdtsc() - begin < ticks;) {
    }
}

uint64_t count_and_fall() {
    ++counter;
    *reinterpret_cast<volatile uint64_t *>(8) = counter;
    return counter;
}
uint64_t count() {
    return ++counter;
}
uint64_t count_and_spin() {
    ++counter;
    spin();
    return counter;
}
void clean() {
    report(counter);
    switch (way) {
    case Way::cleans:
        break;
    case Way::faults:
        *reinterpret_cast<volatile uint64_t *>(16) = 1;
        break;
    case Way::spins:
        spin();
        break;
    case Way::asks_for_a_restart:
        report(restart_me());
        break;
    }
    report(0);
}
uint64_t hasty_falls() {
    *reinterpret_cast<volatile uint64_t *>(8) = ++hasty_word;
    return hasty_word;
}
void hasty_clean() {
    spin();
    report(1);
}
constexpr rt::Entry<Domain::tidy, count_and_fall> fall_entry;
constexpr rt::Entry<Domain::tidy, count> count_entry;
constexpr rt::Entry<Domain::tidy, count_and_spin> spin_entry;
constexpr rt::Entry<Domain::tidy, clean> clean_entry;
constexpr rt::Entry<Domain::hasty, hasty_falls> hasty_entry;
constexpr rt::Entry<Domain::hasty, hasty_clean> hasty_clean_entry;

/// What the monitor has been told since the last call of `forget`.
struct Told {
    uint64_t values[8];
    uint64_t lives[8];
    unsigned count;
    uint64_t looked_at; // how many values there were when the hook ran
};
constinit Told told{};

void handle_report(Domain caller, uint64_t value) {
    if (EXPECT(told.count < 8)) {
        told.values[told.count] = value;
        told.lives[told.count++] = rt::life_of(caller);
    }
}
uint64_t handle_restart(Domain caller) {
    const auto restarted = rt::restart(caller);
    return restarted ? 0 : static_cast<uint64_t>(restarted.error());
}
void look(Domain, const rt::Fault &) {
    told.looked_at = told.count;
}

/// Has `tidy` fault, with its clean-up this way; whether its next life has begun, as at start.
bool fall(Way wanted) {
    EXPECT(bool(rt::put_user(Domain::tidy, rt::Claimed::of(&way), static_cast<uint64_t>(wanted))));
    told = {};
    const uint64_t life = rt::life_of(Domain::tidy);
    const auto ended = rt::call<Domain::tidy>(fall_entry);
    return EXPECT(!ended) && EXPECT_EQUAL(ended.fault().address, 8) &&
           EXPECT_EQUAL(rt::life_of(Domain::tidy), life + 1) &&
           EXPECT_EQUAL(rt::call<Domain::tidy>(count_entry).value_or(0), 41);
}

} // namespace

POSTERN_SERVICES(rt::provide<report, handle_report>(rt::Callers::any()),
                 rt::provide<restart_me, handle_restart>(Domain::tidy));
POSTERN_ON_FAULT(
    rt::restart_always(Domain::tidy).before_restart(look).clean_up<clean_entry>(enough),
    rt::restart_always(Domain::hasty).clean_up<hasty_clean_entry>(short_time));

POSTERN_TEST("run.clean_up.after_the_fault_and_before_the_restart",
             SHOWS(clean_up_runs_before_the_restart)) {
    const uint64_t life = rt::life_of(Domain::tidy);
    EXPECT(fall(Way::cleans));
    EXPECT(told.count == 2 && told.values[0] == 41 && told.values[1] == 0);
    EXPECT(told.lives[0] == life && told.lives[1] == life);
    EXPECT_EQUAL(told.looked_at, 0); // the hook comes first
}

POSTERN_TEST("run.clean_up.that_faults_changes_nothing", SHOWS(clean_up_runs_before_the_restart)) {
    EXPECT(fall(Way::faults));
    EXPECT_EQUAL(told.count, 1);
}

POSTERN_TEST("run.clean_up.that_takes_too_long_is_cut", SHOWS(clean_up_runs_before_the_restart)) {
    told = {};
    const uint64_t life = rt::life_of(Domain::hasty);
    EXPECT(!rt::call<Domain::hasty>(hasty_entry));
    EXPECT_EQUAL(told.count, 0);
    EXPECT_EQUAL(rt::life_of(Domain::hasty), life + 1);
    EXPECT(rt::get_user<uint64_t>(Domain::hasty, rt::Claimed::of(&hasty_word)).value_or(1) == 0);
}

POSTERN_TEST("run.clean_up.has_time_when_the_call_has_none",
             SHOWS(clean_up_runs_before_the_restart)) {
    told = {};
    // A machine that stalls may cut it before it has counted.
    for (uint64_t time = short_time; told.values[0] != 41; time *= 2) {
        EXPECT(bool(rt::restart(Domain::tidy)));
        told = {};
        const auto cut = rt::call_within<Domain::tidy>(time, spin_entry);
        if (!EXPECT(!cut && cut.fault().kind == FaultKind::deadline && told.count == 2)) {
            return;
        }
    }
}

POSTERN_TEST("run.clean_up.restarts_nothing_by_itself", SHOWS(open_call_keeps_its_life)) {
    EXPECT(fall(Way::asks_for_a_restart));
    EXPECT(told.count == 3 && told.values[1] == static_cast<uint64_t>(rt::Errno::busy));
}

// A restart by hand follows no fault: nothing is to be cleaned up.
POSTERN_TEST("run.clean_up.not_before_a_restart_by_hand", SHOWS(clean_up_runs_before_the_restart)) {
    told = {};
    EXPECT(bool(rt::restart(Domain::tidy)));
    EXPECT_EQUAL(told.count, 0);
}
