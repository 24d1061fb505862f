/// The attacker wants to break a call that is none of its own: it runs in a service that another
/// domain has asked for, or in a cross call that another domain has made, with that domain's frame
/// further up on the monitor's stack. What must hold: only the attacker's call ends; the service
/// goes on, and so does the domain that asked for it or crossed.
#include "rt/gate/last_fault.h"
#include "tests/attack/alternate_stacks.h"
#include "tests/attack/canaries.h"
#include "tests/attack/code.h"
#include "tests/attack/cross_calls.h"
#include "tests/attack/forgery.h"
#include "tests/attack/left_out.h"
#include "tests/attack/register_table.h"

namespace {

using attack::Outcome;
using attack::RegisterFile;

constinit RegisterFile next_file{};
constinit Outcome last_outcome{};

constexpr rt::Service<1, uint64_t(uint64_t)> strike_service;

/// In the monitor, while bob waits: the attacker strikes. bob's frame must be untouched, and the
/// monitor must be able to go on with its own work.
uint64_t handle_strike(Domain caller, uint64_t word) {
    last_outcome = attack::strike(next_file);
    return caller == Domain::bob ? word + 1 : 0;
}

POSTERN_BSS(bob) uint64_t bob_sum;

/// Runs in bob: its registers and its stack must survive the service.
uint64_t ask(uint64_t seed) {
    volatile uint64_t on_stack[16];
    for (size_t i = 0; i < 16; ++i) {
        on_stack[i] = seed + i;
    }
    bob_sum = strike_service(seed);
    for (size_t i = 0; i < 16; ++i) {
        bob_sum += on_stack[i] - (seed + i);
    }
    return bob_sum;
}
constexpr rt::Entry<Domain::bob, ask> ask_entry;

/// Runs in bob, who crosses to the attacker: 0 when its stack has suffered, else 1, 2 when the
/// attacker's call ended with a fault.
uint64_t cross(uint64_t seed) {
    volatile uint64_t on_stack[16];
    for (size_t i = 0; i < 16; ++i) {
        on_stack[i] = seed + i;
    }
    const auto end = attack::to_strike();
    bool good = true;
    for (size_t i = 0; i < 16; ++i) {
        good &= on_stack[i] == seed + i;
    }
    return good ? (end ? 1 : 2) : 0;
}
constexpr rt::Entry<Domain::bob, cross> cross_entry;

enum class Way : uint8_t { service, cross_call };

bool strike_in_a_cross_call(const RegisterFile &file, const char *what) {
    attack::load(file);
    rt::gate::last_fault() = {};
    const auto end = rt::call<Domain::bob>(cross_entry, uint64_t{1000});
    bool good = EXPECT(end.value_or(0) != 0);
    const bool returned = end.value_or(0) == 1;
    return attack::contained({returned, 0, rt::gate::last_fault()}, file, what) && good;
}

bool strike_nested(const RegisterFile &file, const char *what) {
    constexpr uint64_t seed = 1000;
    next_file = file;
    last_outcome = {};
    const auto answer = rt::call<Domain::bob>(ask_entry, seed);
    bool good = EXPECT(bool(answer)) && EXPECT_EQUAL(answer.value(), seed + 1);
    return attack::contained(last_outcome, file, what) && good;
}

void sweep(attack::Code code, RegisterFile file, const char *what, Way way) {
    bool good = true;
    for (const char *rip = code.begin; good && rip != code.end; ++rip) {
        if (attack::is_left_out(rip)) {
            continue;
        }
        file.rip = attack::address_of(rip);
        good = way == Way::service ? strike_nested(file, what) : strike_in_a_cross_call(file, what);
    }
}

/// Three kinds of attacker: one that hopes for the monitor's view, one that wants to be bob, who is
/// in the middle of a call, and one that has lost gs.
void sweep_all(attack::Code code, Way way = Way::service) {
    attack::set_canaries();
    RegisterFile file = attack::hostile_file();
    sweep(code, file, "nested, monitor's view", way);
    file.rax = attack::views.bob;
    file.r11 = attack::address_of(attack_steal);
    file.rsp = attack::address_of(attack_steal_words);
    sweep(code, file, "nested, bob's view", way);
    file = attack::hostile_file();
    file.loads_gs = 1;
    sweep(code, file, "nested, gs zero", way);
}

} // namespace

POSTERN_SERVICES(rt::provide<strike_service, handle_strike>(Domain::bob));

POSTERN_TEST("attack.nested.gates", SHOWS(nested_attacks_gain_nothing), TRIES(attack_86)) {
    sweep_all(attack::gate_code());
}
POSTERN_TEST("attack.nested.trap_entry", SHOWS(nested_attacks_gain_nothing), TRIES(attack_86)) {
    sweep_all(attack::trap_code());
}
POSTERN_TEST("attack.nested.syscall_function", SHOWS(nested_attacks_gain_nothing),
             TRIES(attack_86)) {
    sweep_all(attack::syscall_code());
}

POSTERN_TEST("attack.nested.gates_in_a_cross_call", SHOWS(nested_attacks_gain_nothing),
             TRIES(attack_86)) {
    sweep_all(attack::gate_code(), Way::cross_call);
}
POSTERN_TEST("attack.nested.trap_entry_in_a_cross_call", SHOWS(nested_attacks_gain_nothing),
             TRIES(attack_86)) {
    sweep_all(attack::trap_code(), Way::cross_call);
}

// Goal: frames of a call that waits overwritten by the kernel itself, were it to go on below
// a stack pointer that it finds on an alternate stack: the attacker faults with rsp at each step of
// it.
POSTERN_TEST("attack.nested.stack_pointer_over_the_alternate_stack",
             SHOWS(frames_go_to_alternate_stack), TRIES(attack_26)) {
    attack::set_canaries();
    RegisterFile file = attack::hostile_file();
    file.rip = attack::address_of(attack_undefined);
    const auto stacks = attack::alternate_stacks();
    bool good = true;
    for (file.rsp = stacks.begin(); good && file.rsp <= stacks.end(); file.rsp += 0x88) {
        good = strike_nested(file, "nested, on the alternate stack") &&
               EXPECT(last_outcome.fault.kind == rt::FaultKind::illegal) &&
               EXPECT_EQUAL(last_outcome.fault.registers.rsp, file.rsp) &&
               strike_in_a_cross_call(file, "in a cross call, on the alternate stack");
    }
}

// The attacker asks for bob's service in bob's name: it is not among the callers, and says so
// itself by its view.
POSTERN_TEST("attack.nested.service_of_another_domain", SHOWS(nested_attacks_gain_nothing),
             TRIES(attack_86)) {
    attack::set_canaries();
    next_file = attack::hostile_file();
    next_file.rip = attack::address_of(attack_undefined);
    EXPECT(bool(rt::call<Domain::bob>(ask_entry, uint64_t{1})));
    RegisterFile file = attack::hostile_file();
    file.rdi = decltype(strike_service)::number;
    file.rip = attack::address_of(reinterpret_cast<const void *>(&rt_gate_service));
    const Outcome outcome = attack::strike(file);
    EXPECT(!outcome.returned) && EXPECT(outcome.fault.kind == rt::FaultKind::service) &&
        EXPECT(outcome.fault.domain == Domain::alice) &&
        EXPECT_EQUAL(outcome.fault.number, file.rdi);
    attack::contained(outcome, file, "bob's service");
}
