/// Data domains: who reads and writes them always, and who does not.
#include "tests/rt/domain/data.h"

#include "rt/key/view.h"
#include "tests/harness/harness.h"
#include "tests/rt/domain/smaps.h"

namespace shared {

POSTERN_DATA(nobodys) uint64_t nobodys_word = 700;

} // namespace shared

namespace {

constexpr int refused_by_key = 4;

template <class T>
uint64_t address_of(const T &object) {
    return reinterpret_cast<uint64_t>(&object);
}

/// The call's fault must be a refusal of `address` by `key` under `view`.
template <class Answer>
void expect_refused(const Answer &denied, rt::FaultKind kind, Domain domain, uint64_t address,
                    uint64_t key, uint32_t view) {
    EXPECT(!denied) &&
        EXPECT_FAULT(denied.fault(), .kind = kind, .domain = domain, .signal = 11,
                     .code = refused_by_key, .address = address, .key = static_cast<int>(key)) &&
        EXPECT_EQUAL(denied.fault().pkru, harness::in_spaces() ? 0 : view);
}

uint64_t by_copy(Domain data, const uint64_t &word) {
    uint64_t value = 0;
    EXPECT(bool(rt::copy_from_domain(data, &value, rt::Claimed::of(&word), sizeof value)));
    return value;
}

} // namespace

POSTERN_TEST("run.data.initial_contents", SHOWS(shared_data_has_its_own_key)) {
    EXPECT_EQUAL(by_copy(Domain::ledger, shared::ledger_word), 400);
    EXPECT_EQUAL(by_copy(Domain::ledger, shared::ledger_zeros[1023]), 0);
    EXPECT_EQUAL(by_copy(Domain::inbox, shared::inbox_word), 500);
    EXPECT_EQUAL(by_copy(Domain::outbox, shared::outbox_word), 600);
}

// Its variables are defined in alice's source, whose archive as a whole is alice's.
POSTERN_TEST("run.data.lies_where_the_annotation_says", SHOWS(shared_data_has_its_own_key)) {
    EXPECT(rt::domain::owns(Domain::ledger, address_of(shared::ledger_word), 8));
    EXPECT(rt::domain::owns(Domain::ledger, address_of(shared::ledger_zeros), 8192));
    EXPECT(rt::domain::owns(Domain::inbox, address_of(shared::inbox_word), 8));
    EXPECT(!rt::domain::owns(Domain::alice, address_of(shared::inbox_word), 8));
    if (!rt::key::has_keys()) {
        return;
    }
    EXPECT_EQUAL(smaps::key_at(address_of(shared::ledger_zeros[1023])), shared::ledger_key);
    EXPECT_EQUAL(smaps::key_at(address_of(shared::inbox_word)), shared::inbox_key);
    EXPECT_EQUAL(smaps::key_at(address_of(shared::outbox_word)), shared::outbox_key);
    EXPECT_EQUAL(smaps::key_at(address_of(shared::nobodys_word)), shared::nobodys_key);
}

POSTERN_TEST("run.data.views_are_whole", SHOWS(shared_data_has_its_own_key),
             NEEDS_KEYS("domains read their views")) {
    EXPECT_EQUAL(rt::call<Domain::alice>(borrower::view_entry).value_or(0), shared::alice_view);
    EXPECT_EQUAL(rt::call<Domain::bob>(borrower::bob_view_entry).value_or(0), shared::bob_view);
    size_t records = 0;
    for (const auto &record : rt::domain::Table()) {
        records += record.kind == linker::Kind::data_domain;
        EXPECT(record.kind != linker::Kind::data_domain || record.number >= shared::ledger_key);
        EXPECT(record.kind != linker::Kind::domain || record.number != 2 ||
               record.view == shared::alice_view);
        EXPECT(record.kind != linker::Kind::domain || record.number != 3 ||
               record.view == shared::bob_view);
    }
    EXPECT_EQUAL(records, 4);
}

POSTERN_TEST("run.data.audit_and_ledger_know_it", SHOWS(shared_data_has_its_own_key)) {
    const auto audit = rt::audit_keys();
    if (!EXPECT(bool(audit))) {
        rt::log("{}", audit.error());
    }
    EXPECT(__builtin_memcmp(rt::domain::name_of(Domain::inbox), "inbox", 6) == 0);
    if (!rt::key::has_keys()) {
        return;
    }
    const auto key = rt::pkey_alloc(0, 1);
    EXPECT(bool(key)) && EXPECT_EQUAL(key.value().raw(), shared::nobodys_key + 1) &&
        EXPECT(bool(rt::pkey_free(key.value())));
}

POSTERN_TEST("run.data.writers_write_what_readers_read", SHOWS(shared_data_has_its_own_key)) {
    const uint64_t word = address_of(shared::ledger_zeros[600]);
    EXPECT(bool(rt::call<Domain::alice>(borrower::write_entry, word, 41ul)));
    EXPECT_EQUAL(rt::call<Domain::alice>(borrower::read_entry, word).value_or(0), 41);
    EXPECT_EQUAL(rt::call<Domain::bob>(borrower::bob_reads, word).value_or(0), 41);
    EXPECT_EQUAL(by_copy(Domain::ledger, shared::ledger_zeros[600]), 41);
}

POSTERN_TEST("run.data.a_fork_shares_what_is_shared", SHOWS(shared_data_has_its_own_key),
             NEEDS_KEYS("a fork shares the memory of all domains")) {
    const auto end = harness::in_child([] {
        const uint64_t value = 601;
        static_cast<void>(rt::copy_to_domain(Domain::outbox, rt::Claimed::of(&shared::outbox_word),
                                             &value, sizeof value));
        static_cast<void>(rt::copy_to_domain(Domain::inbox, rt::Claimed::of(&shared::inbox_word),
                                             &value, sizeof value));
    });
    EXPECT_EQUAL(end.exit_status, 0);
    EXPECT_EQUAL(by_copy(Domain::outbox, shared::outbox_word), 601);
    EXPECT_EQUAL(by_copy(Domain::inbox, shared::inbox_word), 500);
    const uint64_t value = 600;
    EXPECT(bool(rt::copy_to_domain(Domain::outbox, rt::Claimed::of(&shared::outbox_word), &value,
                                   sizeof value)));
}

POSTERN_TEST("run.data.what_nobody_has_is_the_monitors_to_copy",
             SHOWS(shared_data_has_its_own_key)) {
    const uint64_t value = 701;
    EXPECT(bool(rt::copy_to_domain(Domain::nobodys, rt::Claimed::of(&shared::nobodys_word), &value,
                                   sizeof value)));
    EXPECT_EQUAL(by_copy(Domain::nobodys, shared::nobodys_word), 701);
}

POSTERN_TEST("deny.data.copy_under_another_name", SHOWS(shared_data_has_its_own_key)) {
    uint64_t value = 0;
    EXPECT(bool(
        rt::copy_from_domain(Domain::ledger, &value, rt::Claimed::of(&shared::ledger_word), 8)));
    EXPECT(!rt::copy_from_domain(Domain::alice, &value, rt::Claimed::of(&shared::ledger_word), 8));
    EXPECT(!rt::copy_to_domain(Domain::inbox, rt::Claimed::of(&shared::ledger_word), &value, 8));
}

POSTERN_TEST("deny.data.a_reader_writes", SHOWS(shared_data_has_its_own_key)) {
    const uint64_t word = address_of(shared::ledger_word);
    EXPECT_EQUAL(rt::call<Domain::bob>(borrower::bob_reads, word).value_or(0), 400);
    expect_refused(rt::call<Domain::bob>(borrower::bob_writes, word, 1ul), rt::FaultKind::write,
                   Domain::bob, word, shared::ledger_key, shared::bob_view);
    EXPECT_EQUAL(by_copy(Domain::ledger, shared::ledger_word), 400);
}

POSTERN_TEST("deny.data.who_does_not_have_it", SHOWS(shared_data_has_its_own_key)) {
    EXPECT_EQUAL(
        rt::call<Domain::alice>(borrower::read_entry, address_of(shared::ledger_word)).value_or(0),
        400);
    const struct {
        uint64_t address, key;
    } closed[] = {{address_of(shared::inbox_word), shared::inbox_key},
                  {address_of(shared::outbox_word), shared::outbox_key},
                  {address_of(shared::nobodys_word), shared::nobodys_key}};
    for (const auto &data : closed) {
        expect_refused(rt::call<Domain::alice>(borrower::read_entry, data.address),
                       rt::FaultKind::read, Domain::alice, data.address, data.key,
                       shared::alice_view);
        expect_refused(rt::call<Domain::alice>(borrower::write_entry, data.address, 1ul),
                       rt::FaultKind::write, Domain::alice, data.address, data.key,
                       shared::alice_view);
    }
}

// Invariant 6 holds for what is shared, too.
POSTERN_TEST("deny.data.plain_dereference_by_the_monitor", SHOWS(shared_data_has_its_own_key)) {
    EXPECT_EQUAL(by_copy(Domain::ledger, shared::ledger_word), 400);
    EXPECT(rt::key::monitor_view.rights(rt::domain::key_of(Domain::ledger)) ==
           rt::key::Rights::none);
    const auto end = harness::in_child(
        [] { static_cast<void>(*static_cast<const volatile uint64_t *>(&shared::ledger_word)); });
    EXPECT(end.exit_status > 0);
    EXPECT(end.says("the monitor itself: read"));
    EXPECT(end.says(harness::in_spaces() ? "(ledger's data)" : "(ledger's data, key 4)"));
}
