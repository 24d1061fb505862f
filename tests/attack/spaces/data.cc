/// The attacker may read a data domain, borrows another, and borrows a third, which it may read, to
/// write it. It wants to write the first one, to keep the second, and to write the third on. What must
/// hold: no call makes its view writable, its own copy of what it borrowed is closed and empty after
/// the call, and no process of its has a loan open after that.
#include <asm/unistd.h>

#include "tests/attack/canaries.h"
#include "tests/attack/spaces/hostile.h"

extern "C" const char rt_space_stub_syscall[];

namespace {

using attack::Outcome;
using attack::RegisterFile;
using namespace spaces;

constexpr size_t words = 512;
POSTERN_BSS(board) alignas(POSTERN_PAGE) uint64_t board[words];
POSTERN_BSS(inbox) alignas(POSTERN_PAGE) uint64_t inbox[words];
POSTERN_BSS(shelf) alignas(POSTERN_PAGE) uint64_t shelf[words];

void fill_board(uint64_t value) {
    for (uint64_t &word : board) {
        word = value;
    }
}
constexpr rt::Entry<Domain::bob, fill_board> fill_board_entry;
uint64_t first_of_board() {
    return board[0];
}
constexpr rt::Entry<Domain::bob, first_of_board> first_as_bob;
constexpr rt::Entry<Domain::alice, first_of_board> first_as_alice;

uint64_t first_of_inbox() {
    return inbox[0];
}
constexpr rt::Entry<Domain::alice, first_of_inbox> read_inbox;
uint64_t first_of_shelf() {
    return shelf[0];
}
constexpr rt::Entry<Domain::alice, first_of_shelf> read_shelf;

/// A service that ends the process of the domain that asks for it, and calls the domain again if the
/// word is even.
constexpr rt::Service<1, uint64_t(uint64_t)> lose_process;
uint64_t handle_lose_process(Domain, uint64_t word) {
    rt::space::bury(rt::space::child_of(Domain::alice));
    return word % 2 != 0
               ? word
               : word + rt::call_lending<Domain::alice, rt::Reading<Domain::inbox>>(read_inbox)
                            .value_or(0);
}

uint64_t lose_and_read(uint64_t word) {
    return lose_process(inbox[0] + word) + inbox[0];
}
constexpr rt::Entry<Domain::alice, lose_and_read> lose_and_read_inbox;

/// Never returns: answers each order as if a call had returned, and runs on.
uint64_t answer_all() {
    const auto &orders =
        *reinterpret_cast<const volatile rt::space::Orders *>(rt::space::mailbox_in_child());
    auto &answers = *reinterpret_cast<volatile rt::space::Answers *>(rt::space::answers_in_child());
    for (;;) {
        answers.kind = RT_EVENT_RETURNED;
        answers.sequence = orders.sequence;
        spaces_yield();
    }
}
constexpr rt::Entry<Domain::alice, answer_all> answer_all_in_alice;

/// Answers as if its call had returned, and writes the shelf on.
void write_on() {
    const auto &orders =
        *reinterpret_cast<const volatile rt::space::Orders *>(rt::space::mailbox_in_child());
    auto &answers = *reinterpret_cast<volatile rt::space::Answers *>(rt::space::answers_in_child());
    answers.kind = RT_EVENT_RETURNED;
    answers.sequence = orders.sequence;
    for (;;) {
        *const_cast<volatile uint64_t *>(shelf) = attack::loot;
        spaces_yield();
    }
}
constexpr rt::Entry<Domain::alice, write_on> write_on_in_alice;

bool is_closed(const Outcome &outcome, uint64_t address) {
    return !outcome.returned && outcome.fault.kind == rt::FaultKind::write &&
           outcome.fault.domain == Domain::alice && outcome.fault.address == address;
}

/// A system call by the stub's instruction.
Outcome by_stub(uint64_t number, const void *at, uint64_t third) {
    RegisterFile file = attack::hostile_file();
    file.rip = address_of(rt_space_stub_syscall);
    file.rax = number;
    file.rdi = address_of(at);
    file.rsi = POSTERN_PAGE;
    file.rdx = third;
    file.r15 = address_of(attack_landing);
    return attack::strike(file);
}

Outcome store(const void *at) {
    RegisterFile file = attack::hostile_file();
    file.rip = address_of(attack_poke);
    file.poke(at, attack::loot);
    return attack::strike(file);
}

} // namespace

POSTERN_SERVICES(rt::provide<lose_process, handle_lose_process>(Domain::alice));

// The call that is open goes on in the spare, and so does its loan.
POSTERN_TEST("attack.spaces.spare_goes_on_with_a_call", SHOWS(restarted_domain_has_a_spare)) {
    constexpr uint64_t value = 0x1000;
    EXPECT(bool(rt::copy_to_domain(Domain::inbox, rt::Claimed::of(inbox), &value, sizeof value)));
    for (uint64_t i = 0; i < 5; ++i) {
        EXPECT(bool(rt::restart(Domain::alice)) && all_well());
        const auto answer = rt::call_lending<Domain::alice, rt::Reading<Domain::inbox>>(
            lose_and_read_inbox, i);
        EXPECT(answer && answer.value() == (i % 2 == 0 ? 3 : 2) * value + i);
    }
}

POSTERN_TEST("attack.spaces.readers_view_made_writable", SHOWS(child_filter_serves_the_stub_alone),
             TRIES(attack_75)) {
    constexpr uint64_t value = 0xb0a2d, read_write = 3, madv_remove = 9;
    attack::set_canaries();
    EXPECT(bool(rt::call<Domain::bob>(fill_board_entry, value)));
    EXPECT_EQUAL(rt::call<Domain::alice>(first_as_alice).value_or(0), value);
    static_cast<void>(by_stub(__NR_mprotect, board, read_write));
    EXPECT(is_closed(store(board), address_of(board)));
    static_cast<void>(by_stub(__NR_madvise, board, madv_remove));
    EXPECT_EQUAL(rt::call<Domain::alice>(first_as_alice).value_or(0), value);
    EXPECT_EQUAL(rt::call<Domain::bob>(first_as_bob).value_or(0), value);
    EXPECT(attack::canaries_intact());
}

POSTERN_TEST("attack.spaces.loan_is_kept", SHOWS(child_filter_serves_the_stub_alone),
             TRIES(attack_75)) {
    constexpr uint64_t value = 0x1b0c, read_write = 3;
    attack::set_canaries();
    EXPECT(bool(rt::copy_to_domain(Domain::inbox, rt::Claimed::of(inbox), &value, sizeof value)));
    EXPECT_EQUAL(
        (rt::call_lending<Domain::alice, rt::Reading<Domain::inbox>>(read_inbox).value_or(0)),
        value);
    EXPECT(!rt::call<Domain::alice>(read_inbox));
    // She opens her own copy by herself: it holds nothing.
    EXPECT(by_stub(__NR_mprotect, inbox, read_write).returned);
    EXPECT_EQUAL(rt::call<Domain::alice>(read_inbox).value_or(1), 0);
    EXPECT(store(inbox).returned);
    uint64_t seen = 0;
    EXPECT(bool(rt::copy_from_domain(Domain::inbox, &seen, rt::Claimed::of(inbox), sizeof seen)));
    EXPECT_EQUAL(seen, value);
    EXPECT_EQUAL(
        (rt::call_lending<Domain::alice, rt::Reading<Domain::inbox>>(read_inbox).value_or(0)),
        value);
    EXPECT(bool(rt::copy_from_domain(Domain::inbox, &seen, rt::Claimed::of(inbox), sizeof seen)));
    EXPECT_EQUAL(seen, value);
    EXPECT(attack::canaries_intact());
}

POSTERN_TEST("attack.spaces.loan_is_written_on", SHOWS(lending_opens_for_one_call),
             TRIES(attack_75)) {
    constexpr uint64_t value = 0x5e1f;
    constexpr uint64_t its_time = 100'000'000; // the child wakes nobody
    for (unsigned round = 0; round < 3; ++round) {
        {
            const rt::trap::Deadline deadline(its_time);
            EXPECT(bool(rt::call_lending<Domain::alice, rt::Writing<Domain::shelf>>(write_on_in_alice)));
        }
        EXPECT_EQUAL(process_of(Domain::alice), 0);
        EXPECT(bool(rt::copy_to_domain(Domain::shelf, rt::Claimed::of(shelf), &value, sizeof value)));
        rt::sys::sleep(its_time);
        uint64_t seen = 0;
        EXPECT(bool(rt::copy_from_domain(Domain::shelf, &seen, rt::Claimed::of(shelf), sizeof seen)));
        EXPECT_EQUAL(seen, value);
        EXPECT_EQUAL(rt::call<Domain::alice>(read_shelf).value_or(0), value);
    }
}

POSTERN_TEST("attack.spaces.list_is_answered_otherwise", SHOWS(forged_events_are_claims),
             TRIES(attack_117)) {
    constexpr uint64_t value = 0x1b0d;
    EXPECT(bool(rt::copy_to_domain(Domain::inbox, rt::Claimed::of(inbox), &value, sizeof value)));
    constexpr uint64_t its_time = 100'000'000; // the child wakes nobody
    EXPECT(bool(rt::call_within<Domain::alice>(its_time, answer_all_in_alice)));
    {
        const rt::trap::Deadline deadline(its_time);
        const auto borrowed =
            rt::call_lending<Domain::alice, rt::Reading<Domain::inbox>>(read_inbox);
        EXPECT(!borrowed && borrowed.fault().kind == rt::FaultKind::forged);
    }
    EXPECT_EQUAL(process_of(Domain::alice), 0); // it ran on
    const rt::trap::Deadline deadline(100 * its_time);
    EXPECT_EQUAL(
        (rt::call_lending<Domain::alice, rt::Reading<Domain::inbox>>(read_inbox).value_or(0)),
        value);
}
