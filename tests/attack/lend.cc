/// The attacker was lent a data domain once, or is in a call that lends it one, and wants to have
/// it when it is lent nothing: by jumping into the gates with the very view that the loan had, from
/// a nested call, or by traces that it leaves. What must hold: outside the loan the inbox is closed
/// to the attacker, and after it the view is the attacker's own again, wherever it has jumped.
#include "linker/symbols.h"
#include "rt/base/slot.h"
#include "rt/key/view.h"
#include "tests/attack/canaries.h"
#include "tests/attack/code.h"
#include "tests/attack/cross_calls.h"
#include "tests/attack/left_out.h"

namespace {

using attack::Outcome;
using attack::RegisterFile;
using rt::Reading;
using rt::Writing;

constexpr uint64_t treasure = 0x7ea57ea57ea5;

/// Lent to alice; bob may read it always.
POSTERN_BSS(inbox) uint64_t letters[POSTERN_PAGE / 8];

/// Words of the attacker, each with the view that it wants, for code that takes a view from
/// registers or stack.
POSTERN_BSS(alice) uint64_t wishes[64];

constexpr uint32_t reading_view =
    rt::gate::lent_view<Domain::alice, Reading<Domain::inbox>>().raw();
constexpr uint32_t writing_view =
    rt::gate::lent_view<Domain::alice, Writing<Domain::inbox>>().raw();
constexpr uint32_t alice_view = rt::gate::base_view<Domain::alice>.raw();

/// Run in alice.
void fill() {
    for (uint64_t &word : letters) {
        word = treasure;
    }
}
void wish(uint32_t view) {
    for (uint64_t &word : wishes) {
        word = view;
    }
}
uint64_t view() {
    return rt::key::read_pkru().raw();
}
constexpr rt::Entry<Domain::alice, fill> fill_entry;
constexpr rt::Entry<Domain::alice, wish> wish_entry;
constexpr rt::Entry<Domain::alice, view> view_entry;
constexpr rt::Entry<Domain::alice, attack::strike_from_alice> strike_entry;

/// Run in bob.
bool letters_are_intact() {
    bool good = true;
    for (const uint64_t word : letters) {
        good &= word == treasure;
    }
    return good;
}
constexpr rt::Entry<Domain::bob, letters_are_intact> letters_entry;

/// An honest loan, which writes the inbox.
void lend_honestly() {
    EXPECT(bool(rt::call_lending<Domain::alice, Writing<Domain::inbox>>(fill_entry)));
    EXPECT_EQUAL((rt::call_lending<Domain::alice, Reading<Domain::inbox>>(view_entry).value_or(0)),
                 reading_view);
}

bool is_open(uint32_t pkru) {
    return rt::key::Pkru::from_raw(pkru).rights(rt::domain::key_of(Domain::inbox)) !=
           rt::key::Rights::none;
}

bool is_in_gates(uint64_t rip) {
    const auto lies_in = [&](attack::Code code) {
        return rip >= attack::address_of(code.begin) && rip < attack::address_of(code.end);
    };
    return lies_in(attack::gate_code()) || lies_in(attack::trap_code());
}

/// The strike is contained, the inbox as it was; no code but the gates' has faulted with the inbox
/// open, and the attacker's view is its own.
bool nothing_kept(const Outcome &outcome, const RegisterFile &file, const char *what) {
    bool good = attack::contained(outcome, file, what);
    good &= EXPECT(rt::call<Domain::bob>(letters_entry).value_or(false));
    good &= EXPECT_EQUAL(rt::call<Domain::alice>(view_entry).value_or(0), alice_view);
    if (!good) {
        rt::log("the strike was: {}, rip {}, eax {}", what, rt::Hex{file.rip}, rt::Hex{file.rax});
    }
    return good;
}

bool never_open(const Outcome &outcome) {
    return EXPECT(outcome.returned || !is_open(outcome.fault.pkru) ||
                  is_in_gates(outcome.fault.registers.rip));
}

/// A file that asks for `view` in eax, in what a gate might have kept for itself and in whatever
/// rbp, r10 and the stack lead to; control that gets through stores into the inbox.
RegisterFile wishing_file(uint32_t view) {
    EXPECT(bool(rt::call<Domain::alice>(wish_entry, view)));
    RegisterFile file = attack::hostile_file();
    file.rax = view;
    file.rbx = file.r12 = file.r13 = file.r14 = file.r15 = view;
    file.rbp = file.r10 = attack::address_of(wishes);
    file.poke(letters, attack::loot);
    return file;
}

constexpr uint32_t loans[] = {reading_view, writing_view};

template <class Strike>
void sweep(attack::Code code, RegisterFile file, const char *what, Strike strike) {
    bool good = true;
    for (const char *rip = code.begin; good && rip != code.end; ++rip) {
        if (attack::is_left_out(rip)) {
            continue;
        }
        file.rip = attack::address_of(rip);
        good = strike(file, what);
    }
}

/// Every byte of gates and trap entry, with the stacks and the gs that matter here.
template <class Strike>
void sweep_all(RegisterFile file, Strike strike) {
    const attack::Code codes[] = {attack::gate_code(), attack::trap_code()};
    for (const attack::Code code : codes) {
        file.loads_gs = 0;
        file.rsp = attack::own_stack();
        sweep(code, file, "own stack", strike);
        file.rsp = attack::address_of(&wishes[16]);
        sweep(code, file, "stack of wishes", strike);
        file.rsp = attack::address_of(attack_poke_words);
        sweep(code, file, "constants", strike);
        file.rsp = attack::own_stack();
        file.loads_gs = 1;
        sweep(code, file, "gs zero", strike);
    }
}

Outcome outcome_of(const rt::Result<uint64_t, rt::Fault> &answer) {
    return answer ? Outcome{true, answer.value(), {}} : Outcome{false, 0, answer.fault()};
}

Outcome strike_lent(const RegisterFile &file) {
    attack::load(file);
    return outcome_of(rt::call_lending<Domain::alice, Writing<Domain::inbox>>(strike_entry));
}

bool strike_after_a_loan(const RegisterFile &file, const char *what) {
    const Outcome outcome = attack::strike(file);
    const bool good = never_open(outcome);
    return nothing_kept(outcome, file, what) && good;
}

bool strike_in_a_loan(const RegisterFile &file, const char *what) {
    const Outcome outcome = strike_lent(file);
    return nothing_kept(outcome, file, what);
}

constinit RegisterFile next_file{};
constinit Outcome last_outcome{};
constexpr rt::Service<1, uint64_t()> strike_service;

/// In the monitor, while alice waits in a call that lends: alice strikes in one that does not.
uint64_t handle_strike(Domain) {
    last_outcome = attack::strike(next_file);
    return 1;
}

/// In alice, lent the inbox: what her view is after the service.
uint64_t ask() {
    return strike_service() == 1 ? view() : 0;
}
constexpr rt::Entry<Domain::alice, ask> ask_entry;

bool strike_nested_in_a_loan(const RegisterFile &file, const char *what) {
    next_file = file;
    last_outcome = {};
    const auto outer = rt::call_lending<Domain::alice, Writing<Domain::inbox>>(ask_entry);
    bool good = EXPECT_EQUAL(outer.value_or(0), writing_view);
    good &= never_open(last_outcome);
    return nothing_kept(last_outcome, file, what) && good;
}

void set_canaries() {
    attack::set_canaries();
    lend_honestly();
}

} // namespace

POSTERN_SERVICES(rt::provide<strike_service, handle_strike>(Domain::alice));

// Goal: the view of an earlier loan. Each wrpkru is entered with exactly that view. The compare
// after it reads this thread's view word, which has no loan.
POSTERN_TEST("attack.lend.view_of_an_earlier_loan", SHOWS(loans_cannot_be_kept), TRIES(attack_79)) {
    set_canaries();
    const auto strike_at = [](RegisterFile file, const char *at) {
        file.rip = attack::address_of(at);
        const Outcome outcome = attack::strike(file);
        // A window's word is closed to the view that the jump has got from its wrpkru.
        const bool at_window =
            outcome.fault.address == attack::address_of(&rt::base::slot().window);
        EXPECT(!outcome.returned) &&
            (at_window ||
             EXPECT_FAULT(outcome.fault, .kind = rt::FaultKind::gate, .domain = Domain::alice,
                          .signal = 5, .code = 128, .address = 0));
        nothing_kept(outcome, file, "earlier loan");
    };
    for (const uint32_t loan : loans) {
        RegisterFile file = wishing_file(loan);
        const uint64_t stacks[] = {attack::own_stack(), attack::address_of(&wishes[16]),
                                   attack::address_of(attack_poke_words)};
        for (const uint64_t rsp : stacks) {
            file.rsp = rsp;
            attack::for_each_wrpkru(attack::gate_code(),
                                    [&](const char *at) { strike_at(file, at); });
            attack::for_each_wrpkru(attack::trap_code(),
                                    [&](const char *at) { strike_at(file, at); });
        }
    }
}

// The same from every byte, the lending gates' own among them.
POSTERN_TEST("attack.lend.jump_everywhere_after_a_loan", SHOWS(loans_cannot_be_kept),
             TRIES(attack_79)) {
    set_canaries();
    for (const uint32_t loan : loans) {
        sweep_all(wishing_file(loan), strike_after_a_loan);
    }
}

// Goal: have the inbox on after the call that lends it. The attacker jumps from inside the loan,
// with the loan's view, its own, and the monitor's, whose return the gate takes for one.
POSTERN_TEST("attack.lend.jump_everywhere_in_a_loan", SHOWS(loans_cannot_be_kept),
             TRIES(attack_79)) {
    set_canaries();
    const uint32_t views[] = {writing_view, alice_view, attack::views.monitor};
    for (const uint32_t view : views) {
        RegisterFile file = wishing_file(view);
        file.poke(attack::monitor_canary(0), attack::loot);
        sweep_all(file, strike_in_a_loan);
    }
}

// Goal: the loan of the call outside, from a call inside that lends nothing.
POSTERN_TEST("attack.lend.jump_everywhere_in_a_nested_call", SHOWS(loans_cannot_be_kept),
             TRIES(attack_79)) {
    set_canaries();
    const uint32_t views[] = {writing_view, attack::views.monitor};
    for (const uint32_t view : views) {
        sweep_all(wishing_file(view), strike_nested_in_a_loan);
    }
}

// Goal: bob's code with the loan, by an honest cross call; and bob's cross call in bob's name. A
// loan never changes the identity of the caller.
POSTERN_TEST("attack.lend.cross_call_of_another_in_a_loan", SHOWS(loans_cannot_be_kept),
             TRIES(attack_79)) {
    set_canaries();
    RegisterFile file = attack::cross_call_file();
    const uint64_t times = attack::times_added();
    EXPECT(strike_lent(file).returned);
    EXPECT_EQUAL(attack::times_added(), times + 1);
    const uint64_t numbers[] = {attack::to_strike.number, 0, 3};
    for (const uint64_t number : numbers) {
        file.rdi = number;
        const Outcome outcome = strike_lent(file);
        EXPECT(!outcome.returned) &&
            EXPECT_FAULT(outcome.fault, .kind = rt::FaultKind::cross_call, .domain = Domain::alice,
                         .signal = 0, .code = 0, .address = 0) &&
            EXPECT_EQUAL(outcome.fault.number, number);
        nothing_kept(outcome, file, "number of another");
    }
    EXPECT_EQUAL(attack::times_added(), times + 1);
}
