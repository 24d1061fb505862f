/// Restart: all memory of a domain is as at start, in a new life; other memory stays.
#include "tests/harness/harness.h"
#include "tests/rt/life/memory.h"

namespace {

POSTERN_BSS(ledger) uint64_t ledger_word;

uint64_t count() {
    return rt::call<Domain::alice>(worker::count_entry).value_or(0);
}

} // namespace

POSTERN_TEST("run.restart.planted_bytes_are_gone", SHOWS(restart_is_pristine)) {
    EXPECT_EQUAL(memory::changed(Domain::alice), 0);
    const uint64_t planted = memory::plant(Domain::alice);
    EXPECT_EQUAL(planted, 9); // data, zeros, stack
    EXPECT_EQUAL(memory::changed(Domain::alice), planted);
    EXPECT(bool(rt::restart(Domain::alice)));
    EXPECT_EQUAL(memory::changed(Domain::alice), 0);
}

POSTERN_TEST("run.restart.every_byte_is_as_at_start", SHOWS(restart_is_pristine)) {
    constexpr Domain domains[] = {Domain::alice, Domain::bob}; // bob's data is shared memory
    for (const Domain domain : domains) {
        memory::fill(domain);
        EXPECT(memory::changed(domain) > 0x10000);
        EXPECT(bool(rt::restart(domain)));
        EXPECT_EQUAL(memory::changed(domain), 0);
    }
}

POSTERN_TEST("run.restart.pages_that_were_only_read", SHOWS(restart_is_pristine)) {
    EXPECT_EQUAL(rt::call<Domain::alice>(worker::read_pages_entry).value_or(1), 0);
    EXPECT(bool(rt::restart(Domain::alice)));
    EXPECT_EQUAL(memory::changed(Domain::alice), 0);
    EXPECT_EQUAL(rt::call<Domain::alice>(worker::read_pages_entry).value_or(1), 0);
}

POSTERN_TEST("run.restart.a_domain_that_faulted_begins_anew", SHOWS(restart_is_pristine)) {
    EXPECT(bool(rt::restart(Domain::alice)));
    EXPECT_EQUAL(count(), worker::first_count);
    const auto crashed = rt::call<Domain::alice>(worker::crash_entry);
    EXPECT(!crashed) && EXPECT(crashed.fault().kind == rt::FaultKind::divide);
    EXPECT_EQUAL(count(), worker::first_count + 2); // without a restart all goes on as it was
    EXPECT(bool(rt::restart(Domain::alice)));
    EXPECT_EQUAL(count(), worker::first_count);
}

POSTERN_TEST("run.restart.lives_are_counted", SHOWS(lives_are_counted)) {
    const uint64_t life = rt::life_of(Domain::alice);
    const uint64_t of_bob = rt::life_of(Domain::bob);
    EXPECT(!rt::call<Domain::alice>(worker::crash_entry)); // a fault alone ends no life
    EXPECT_EQUAL(rt::life_of(Domain::alice), life);
    for (uint64_t more = 1; more < 4; ++more) {
        EXPECT(bool(rt::restart(Domain::alice)));
        EXPECT_EQUAL(rt::life_of(Domain::alice), life + more);
    }
    EXPECT_EQUAL(rt::life_of(Domain::bob), of_bob);
}

POSTERN_TEST("deny.restart.value_of_an_earlier_life", SHOWS(values_end_with_their_life)) {
    const rt::Of<Domain::alice, uint64_t> none;
    EXPECT(!none.get() && none.get().error() == rt::Errno::stale);
    const rt::Of<Domain::alice, uint64_t> value(5);
    const rt::Of<Domain::bob, uint64_t> of_bob(6);
    EXPECT_EQUAL(value.get().value_or(0), 5);
    EXPECT(bool(rt::restart(Domain::alice)));
    EXPECT(!value.get()) && EXPECT(value.get().error() == rt::Errno::stale);
    EXPECT_EQUAL(of_bob.get().value_or(0), 6);
    const rt::Of<Domain::alice, uint64_t> again(7);
    EXPECT_EQUAL(again.get().value_or(0), 7);
    EXPECT(bool(rt::restart(Domain::alice)));
    EXPECT(!value.get() && !again.get());
}

POSTERN_TEST("run.restart.other_memory_stays", SHOWS(restart_is_pristine)) {
    const auto word = rt::Claimed::of(&ledger_word);
    EXPECT(bool(rt::put_user(Domain::ledger, word, uint64_t{77})));
    memory::fill(Domain::bob);
    const uint64_t of_bob = memory::changed(Domain::bob);
    EXPECT(bool(rt::restart(Domain::alice)));
    EXPECT_EQUAL(memory::changed(Domain::bob), of_bob);
    EXPECT_EQUAL(rt::get_user<uint64_t>(Domain::ledger, rt::Claimed(word)).value_or(0), 77);
    EXPECT(bool(rt::restart(Domain::bob)));
}

POSTERN_TEST("run.restart.only_what_runs_has_lives", SHOWS(lives_are_counted)) {
    constexpr Domain others[] = {Domain::ledger, rt::no_domain};
    for (const Domain domain : others) {
        const auto restarted = rt::restart(domain);
        EXPECT(!restarted) && EXPECT(restarted.error() == rt::Errno::invalid);
        EXPECT_EQUAL(rt::life_of(domain), 1);
    }
}

POSTERN_TEST("run.restart.a_thousand_times_takes_no_memory", SHOWS(restart_is_pristine)) {
    uint64_t before = 0;
    const uint64_t life = rt::life_of(Domain::alice);
    constexpr uint64_t rounds = 1000;
    for (uint64_t round = 0; round < rounds; ++round) {
        EXPECT(!rt::call<Domain::alice>(worker::crash_entry));
        EXPECT(bool(rt::restart(Domain::alice)));
        if (round == 2) {
            before = memory::resident();
        }
    }
    EXPECT_EQUAL(memory::resident(), before);
    EXPECT_EQUAL(rt::life_of(Domain::alice), life + rounds);
    EXPECT_EQUAL(count(), worker::first_count);
}
