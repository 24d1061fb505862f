/// The attacker wants to run under a view that is not its own. It jumps to a `wrpkru` itself, with
/// exactly the value in eax that the gate or window would have put there, so that a compare with a
/// constant, or with what the domain says, is no obstacle. What must hold: each such jump is a
/// Fault{gate} of the attacker; nothing is copied, read or run under the view.
#include "rt/base/slot.h"
#include "tests/attack/canaries.h"
#include "tests/attack/code.h"

namespace {

using attack::Outcome;
using attack::RegisterFile;

POSTERN_BSS(alice) uint64_t alice_word;

uint64_t honest_alice() {
    return ++alice_word;
}
constexpr rt::Entry<Domain::alice, honest_alice> honest_alice_entry;

/// The jump must end at the trap of the gate or window that it went to: nothing after it ran.
void expect_gate_fault(const RegisterFile &file, const Outcome &outcome, const char *what) {
    EXPECT(!outcome.returned) &&
        EXPECT_FAULT(outcome.fault, .kind = rt::FaultKind::gate, .domain = Domain::alice,
                     .signal = 5, .code = 128, .address = 0);
    attack::contained(outcome, file, what);
}

} // namespace

// Goal: own code, at the return address that the attacker's stack holds, under the monitor's view
// and one domain's: it overwrites a page of the monitor, and reads bob's. The window word is not
// what stops it: it holds the very view that the jump asks for, as if a window were open.
POSTERN_TEST("attack.window.opened_by_a_domain", SHOWS(windows_are_the_monitors),
             TRIES(attack_69)) {
    attack::set_canaries();
    RegisterFile file = attack::hostile_file();
    file.rip = attack::address_of(attack::nth_wrpkru(rt_uaccess_open, 0));
    const uint32_t views[] = {attack::views.window_alice, attack::views.window_bob};
    for (const uint32_t view : views) {
        file.rax = view;
        attack::load(file);
        rt::base::slot().window = view;
        const Outcome outcome = attack::fire();
        rt::base::slot().window = 0;
        expect_gate_fault(file, outcome, "window, opening");
    }
}

// Goal: the same under the monitor's own view.
POSTERN_TEST("attack.window.closed_by_a_domain", SHOWS(windows_are_the_monitors),
             TRIES(attack_69)) {
    attack::set_canaries();
    RegisterFile file = attack::hostile_file();
    file.rax = attack::views.monitor;
    file.rip = attack::address_of(attack::nth_wrpkru(rt_uaccess_close, 0));
    expect_gate_fault(file, attack::strike(file), "window, closing");
}

// Goal: run as bob. A stub's compare with a constant would let alice through bob's stub; a compare
// with the thread's own view word does not. r11 is where an enter stub goes on, rsp where a service
// returns to: both lead to code that reads bob's secret and leaves with it.
POSTERN_TEST("attack.gate.enter_as_another_domain", SHOWS(view_changes_are_compared),
             TRIES(attack_8)) {
    attack::set_canaries();
    RegisterFile file = attack::hostile_file();
    file.rax = attack::views.bob;
    file.r11 = attack::address_of(attack_steal);
    attack::for_each_wrpkru(attack::gate_code(), [&](const char *at) {
        file.rip = attack::address_of(at);
        file.rsp = attack::own_stack();
        Outcome outcome = attack::strike(file);
        EXPECT(!outcome.returned) && attack::contained(outcome, file, "own stack");
        file.rsp = attack::address_of(attack_steal_words);
        outcome = attack::strike(file);
        EXPECT(!outcome.returned) && attack::contained(outcome, file, "constants");
    });
    EXPECT(bool(rt::call<Domain::alice>(honest_alice_entry)));
    file.rip =
        attack::address_of(attack::nth_wrpkru(reinterpret_cast<const char *>(&rt_gate_enter_3), 0));
    expect_gate_fault(file, attack::strike(file), "bob's enter stub");
}

// Goal: have a gate run on with every key open. Each wrpkru of gates, windows and trap entry is met
// with eax = 0, and whatever it leads to may do a store to the monitor's memory.
POSTERN_TEST("attack.gate.open_everything", SHOWS(view_changes_are_compared), TRIES(attack_7)) {
    attack::set_canaries();
    RegisterFile file = attack::hostile_file();
    file.rax = 0;
    const auto strike_at = [&](const char *at) {
        file.rip = attack::address_of(at);
        file.rsp = attack::own_stack();
        expect_gate_fault(file, attack::strike(file), "own stack");
        file.rsp = attack::address_of(attack_poke_words);
        expect_gate_fault(file, attack::strike(file), "constants");
    };
    attack::for_each_wrpkru(attack::gate_code(), strike_at);
    attack::for_each_wrpkru(attack::trap_code(), strike_at);
}

// The same with the monitor's view: leave, service and cross call then do what they do for every
// caller. Every other wrpkru is a Fault{gate}, because the state is `domain`.
POSTERN_TEST("attack.gate.monitor_view", SHOWS(view_changes_are_compared), TRIES(attack_7)) {
    attack::set_canaries();
    RegisterFile file = attack::hostile_file();
    size_t faults = 0;
    size_t others = 0;
    const auto strike_at = [&](const char *at) {
        file.rip = attack::address_of(at);
        const Outcome outcome = attack::strike(file);
        attack::contained(outcome, file, "monitor's view");
        const bool gate = !outcome.returned && outcome.fault.kind == rt::FaultKind::gate;
        ++(gate ? faults : others);
    };
    attack::for_each_wrpkru(attack::gate_code(), strike_at);
    attack::for_each_wrpkru(attack::trap_code(), strike_at);
    EXPECT_EQUAL(others, 3); // leave, service, cross call
    EXPECT(faults >= 8); // two enter stubs, service's and cross call's second, window's two, trap
                         // entry, probe
}
