/// Loans: for one call, on this thread, a data domain is open in the borrower's view, and only
/// there.
#include "rt/base/slot.h"
#include "rt/gate/current.h"
#include "tests/harness/harness.h"
#include "tests/rt/domain/data.h"

namespace {

using rt::Reading;
using rt::Writing;

constexpr int refused_by_key = 4;
constexpr uint32_t monitor_view = 0x15555550;

/// Whether a domain that reads its view has this one. Where domains have address spaces there is none.
bool is_view(const rt::Result<uint64_t, rt::Fault> &read, uint32_t view) {
    return harness::in_spaces() || read.value_or(0) == view;
}
bool is_view(uint32_t pkru, uint32_t view) {
    return harness::in_spaces() || pkru == view;
}

uint64_t inbox() {
    return reinterpret_cast<uint64_t>(&shared::inbox_word);
}
uint64_t outbox() {
    return reinterpret_cast<uint64_t>(&shared::outbox_word);
}

uint64_t handle_who(Domain caller) {
    EXPECT(rt::gate::current_domain() == caller);
    return rt::key::key_of(caller).raw() + 16 * rt::base::slot().view;
}

uint64_t result_of(const rt::Result<uint64_t, rt::Fault> &inner) {
    return inner ? inner.value() : borrower::fell + inner.fault().key;
}
uint64_t handle_read(Domain, uint64_t address) {
    return result_of(rt::call<Domain::alice>(borrower::read_entry, address));
}
uint64_t handle_read_lent(Domain, uint64_t address) {
    return result_of(
        rt::call_lending<Domain::alice, Reading<Domain::inbox>>(borrower::read_entry, address));
}

/// The refusal of `address` by the inbox's key, under alice's own view.
void expect_closed(const rt::Fault &fault, rt::FaultKind kind, uint32_t view) {
    EXPECT_FAULT(fault, .kind = kind, .domain = Domain::alice, .signal = 11, .code = refused_by_key,
                 .address = inbox(), .key = static_cast<int>(shared::inbox_key)) &&
        EXPECT(is_view(fault.pkru, view));
}

/// A plain call must find the inbox closed, and the monitor its own view.
void expect_taken_back() {
    EXPECT_EQUAL(rt::base::slot().view, monitor_view);
    EXPECT(is_view(rt::call<Domain::alice>(borrower::view_entry), shared::alice_view));
    const auto denied = rt::call<Domain::alice>(borrower::read_entry, inbox());
    EXPECT(!denied);
    if (!denied) {
        expect_closed(denied.fault(), rt::FaultKind::read, shared::alice_view);
    }
}

uint64_t lent_read(uint64_t address) {
    return rt::call_lending<Domain::alice, Reading<Domain::inbox>>(borrower::read_entry, address)
        .value_or(~0ul);
}

} // namespace

POSTERN_SERVICES(rt::provide<borrower::who, handle_who>(Domain::alice),
                 rt::provide<borrower::read_in_alice, handle_read>(Domain::alice),
                 rt::provide<borrower::read_in_alice_lent, handle_read_lent>(Domain::alice));
POSTERN_CROSS_CALLS(borrower::to_bobs_read, borrower::to_bobs_view, borrower::to_alices_read);

POSTERN_TEST("run.lend.to_be_read", SHOWS(lending_opens_for_one_call)) {
    EXPECT_EQUAL(lent_read(inbox()), 500);
    const auto view = rt::call_lending<Domain::alice, Reading<Domain::inbox>>(borrower::view_entry);
    EXPECT(is_view(view, shared::alice_reading_inbox));
    expect_taken_back();
}

POSTERN_TEST("run.lend.to_be_written", SHOWS(lending_opens_for_one_call)) {
    const auto written = rt::call_lending<Domain::alice, Writing<Domain::inbox>>(
        borrower::write_entry, inbox(), 501ul);
    EXPECT(bool(written));
    const auto view = rt::call_lending<Domain::alice, Writing<Domain::inbox>>(borrower::view_entry);
    EXPECT(is_view(view, shared::alice_writing_inbox));
    EXPECT_EQUAL(lent_read(inbox()), 501);
    EXPECT(bool(rt::call_lending<Domain::alice, Writing<Domain::inbox>>(borrower::write_entry,
                                                                        inbox(), 500ul)));
    expect_taken_back();
}

POSTERN_TEST("run.lend.two_in_one_call", SHOWS(lending_opens_for_one_call)) {
    const auto view =
        rt::call_lending<Domain::alice, Writing<Domain::inbox>, Writing<Domain::outbox>>(
            borrower::view_entry);
    EXPECT(is_view(view, shared::alice_writing_both));
    expect_taken_back();
}

// bob reads the outbox always; a loan adds the right to write.
POSTERN_TEST("run.lend.a_reader_writes_for_one_call", SHOWS(lending_opens_for_one_call)) {
    EXPECT_EQUAL(rt::call<Domain::bob>(borrower::bob_reads, outbox()).value_or(0), 600);
    EXPECT(bool(rt::call_lending<Domain::bob, Writing<Domain::outbox>>(borrower::bob_writes,
                                                                       outbox(), 602ul)));
    EXPECT_EQUAL(rt::call<Domain::bob>(borrower::bob_reads, outbox()).value_or(0), 602);
    const auto denied = rt::call<Domain::bob>(borrower::bob_writes, outbox(), 603ul);
    EXPECT(!denied) &&
        EXPECT_FAULT(denied.fault(), .kind = rt::FaultKind::write, .domain = Domain::bob,
                     .signal = 11, .code = refused_by_key, .address = outbox(),
                     .key = static_cast<int>(shared::outbox_key));
    EXPECT(bool(rt::call_lending<Domain::bob, Writing<Domain::outbox>>(borrower::bob_writes,
                                                                       outbox(), 600ul)));
}

POSTERN_TEST("deny.lend.write_of_what_was_lent_to_be_read", SHOWS(lending_opens_for_one_call)) {
    EXPECT_EQUAL(lent_read(inbox()), 500);
    const auto denied = rt::call_lending<Domain::alice, Reading<Domain::inbox>>(
        borrower::write_entry, inbox(), 502ul);
    EXPECT(!denied);
    if (!denied) {
        expect_closed(denied.fault(), rt::FaultKind::write, shared::alice_reading_inbox);
    }
    EXPECT_EQUAL(lent_read(inbox()), 500);
}

POSTERN_TEST("deny.lend.what_was_not_lent", SHOWS(lending_opens_for_one_call)) {
    EXPECT_EQUAL(lent_read(inbox()), 500);
    const auto denied =
        rt::call_lending<Domain::alice, Reading<Domain::inbox>>(borrower::read_entry, outbox());
    EXPECT(!denied) &&
        EXPECT_FAULT(denied.fault(), .kind = rt::FaultKind::read, .domain = Domain::alice,
                     .signal = 11, .code = refused_by_key, .address = outbox(),
                     .key = static_cast<int>(shared::outbox_key));
}

POSTERN_TEST("deny.lend.after_the_return", SHOWS(lending_opens_for_one_call)) {
    EXPECT_EQUAL(lent_read(inbox()), 500);
    expect_taken_back();
}

// However the call ends: by a trap, by a refused service, by a refused cross call.
POSTERN_TEST("deny.lend.after_a_fault", SHOWS(lending_opens_for_one_call)) {
    const auto trapped =
        rt::call_lending<Domain::alice, Writing<Domain::inbox>>(borrower::undefined_entry);
    EXPECT(!trapped) && EXPECT(trapped.fault().kind == rt::FaultKind::illegal) &&
        EXPECT(trapped.fault().domain == Domain::alice) &&
        EXPECT(is_view(trapped.fault().pkru, shared::alice_writing_inbox));
    expect_taken_back();
    const auto asked = rt::call_lending<Domain::alice, Writing<Domain::inbox>>(
        borrower::ask_for_nothing_there_entry);
    EXPECT(!asked) && EXPECT(asked.fault().kind == rt::FaultKind::service) &&
        EXPECT(asked.fault().domain == Domain::alice) && EXPECT_EQUAL(asked.fault().number, 99) &&
        EXPECT(is_view(asked.fault().pkru, shared::alice_writing_inbox));
    expect_taken_back();
    const auto crossed =
        rt::call_lending<Domain::alice, Writing<Domain::inbox>>(borrower::cross_to_another_entry);
    EXPECT(!crossed) && EXPECT(crossed.fault().kind == rt::FaultKind::cross_call) &&
        EXPECT(crossed.fault().domain == Domain::alice) && EXPECT_EQUAL(crossed.fault().number, 3);
    expect_taken_back();
}

// The monitor knows the borrower by its view all the same; back in the call the loan is there.
POSTERN_TEST("run.lend.a_service_knows_the_caller", SHOWS(lending_opens_for_one_call)) {
    const auto plain = rt::call<Domain::alice>(borrower::ask_who_entry, 0ul);
    EXPECT_EQUAL(plain.value_or(0), 2 + 16 * uint64_t{shared::alice_view});
    const auto reading =
        rt::call_lending<Domain::alice, Reading<Domain::inbox>>(borrower::ask_who_entry, inbox());
    EXPECT_EQUAL(reading.value_or(0), 2 + 16 * uint64_t{shared::alice_reading_inbox} + 500);
    const auto writing =
        rt::call_lending<Domain::alice, Writing<Domain::inbox>>(borrower::ask_who_entry, inbox());
    EXPECT_EQUAL(writing.value_or(0), 2 + 16 * uint64_t{shared::alice_writing_inbox} + 500);
}

// A call of the same domain inside the loan, which lends nothing.
POSTERN_TEST("deny.lend.in_a_nested_call", SHOWS(lending_opens_for_one_call)) {
    const auto nested = rt::call_lending<Domain::alice, Writing<Domain::inbox>>(
        borrower::ask_for_a_read_entry, inbox());
    EXPECT_EQUAL(nested.value_or(0), borrower::fell + (harness::in_spaces() ? 0 : shared::inbox_key) + 500);
    expect_taken_back();
}

// A nested call ends by a fault, another one borrows less: the outer loan is what it was.
POSTERN_TEST("run.lend.a_nested_fault_takes_nothing_back", SHOWS(lending_opens_for_one_call),
             NEEDS_KEYS("the domain reads its view")) {
    const auto end =
        rt::call_lending<Domain::alice, Writing<Domain::inbox>>(borrower::ask_for_a_fault_entry);
    EXPECT_EQUAL(end.value_or(0), borrower::fell + shared::alice_writing_inbox);
    EXPECT(bool(rt::call_lending<Domain::alice, Writing<Domain::inbox>>(borrower::write_entry,
                                                                        inbox(), 500ul)));
    expect_taken_back();
}

// The callee has its own view, and the caller's loan is back when it returns.
POSTERN_TEST("deny.lend.in_a_cross_call", SHOWS(lending_opens_for_one_call)) {
    EXPECT(is_view(rt::call<Domain::alice>(borrower::cross_to_view_entry), shared::bob_view));
    const auto view =
        rt::call_lending<Domain::alice, Writing<Domain::inbox>>(borrower::cross_to_view_entry);
    EXPECT(is_view(view, shared::bob_view));
    rt::gate::last_fault() = {};
    const auto crossed = rt::call_lending<Domain::alice, Writing<Domain::inbox>>(
        borrower::cross_to_read_entry, inbox());
    EXPECT_EQUAL(crossed.value_or(0),
                 borrower::fell + static_cast<uint64_t>(rt::FaultKind::read) + 500);
    EXPECT_FAULT(rt::gate::last_fault(), .kind = rt::FaultKind::read, .domain = Domain::bob,
                 .signal = 11, .code = refused_by_key, .address = inbox(),
                 .key = static_cast<int>(shared::inbox_key)) &&
        EXPECT(is_view(rt::gate::last_fault().pkru, shared::bob_view));
    expect_taken_back();
}

POSTERN_TEST("run.lend.again_and_again", SHOWS(lending_opens_for_one_call)) {
    for (uint64_t round = 0; round < harness::scaled(100'000); ++round) {
        const auto added = rt::call_lending<Domain::alice, Writing<Domain::inbox>>(
            borrower::write_entry, inbox(), round);
        if (!EXPECT(bool(added)) || !EXPECT_EQUAL(lent_read(inbox()), round) ||
            !EXPECT(!rt::call<Domain::alice>(borrower::read_entry, inbox()))) {
            return;
        }
    }
    EXPECT(bool(rt::call_lending<Domain::alice, Writing<Domain::inbox>>(borrower::write_entry,
                                                                        inbox(), 500ul)));
}
