/// The attacker wants the monitor to run with its flags: DF turns string copies round, AC faults on
/// misaligned words, NT breaks iretq, TF stops after each instruction under the monitor's view.
/// What must hold: leaving or asking for a service with one of them is a Fault of the attacker, a
/// fault with them is an ordinary fault, and the monitor goes on with all of them clear.
#include "rt/entry/service.h"
#include "tests/attack/canaries.h"
#include "tests/attack/code.h"
#include "tests/attack/cross_calls.h"

namespace {

using attack::Outcome;
using attack::RegisterFile;

constexpr uint64_t trap_flag = 0x100;
constexpr uint64_t direction = 0x400;
constexpr uint64_t nested_task = 0x4000;
constexpr uint64_t alignment_check = 0x40000;
constexpr uint64_t identification = 0x200000;

uint64_t service_entry() {
    return attack::address_of(reinterpret_cast<const void *>(&rt_gate_service));
}

/// The attacker's file with rip at `target`; without flags the jump must succeed, which is the
/// permitted access of the test.
RegisterFile file_for(uint64_t target) {
    RegisterFile file = attack::hostile_file();
    file.rip = target;
    return file;
}

void expect_refused(uint64_t target, uint64_t flag, const char *what) {
    RegisterFile file = file_for(target);
    file.flags = 2 | flag;
    const Outcome outcome = attack::strike(file);
    EXPECT(!outcome.returned) &&
        EXPECT_FAULT(outcome.fault, .kind = rt::FaultKind::gate, .domain = Domain::alice,
                     .signal = 5, .code = 128, .address = 0);
    attack::contained(outcome, file, what);
}

/// All ways into the monitor: from the first instruction and from the wrpkru.
void expect_refused_everywhere(uint64_t flag) {
    attack::set_canaries();
    const uint64_t leave = attack::address_of(rt_gate_leave);
    EXPECT(attack::strike(file_for(leave)).returned);
    expect_refused(leave, flag, "leave");
    expect_refused(attack::address_of(attack::nth_wrpkru(rt_gate_leave, 0)), flag,
                   "leave's wrpkru");
    const Outcome refused = attack::strike(file_for(service_entry()));
    EXPECT(!refused.returned) && EXPECT(refused.fault.kind == rt::FaultKind::service);
    expect_refused(service_entry(), flag, "service");
    const auto *service = reinterpret_cast<const char *>(&rt_gate_service);
    expect_refused(attack::address_of(attack::nth_wrpkru(service, 0)), flag, "service's wrpkru");
    RegisterFile honest = attack::cross_call_file();
    EXPECT(attack::strike(honest).returned);
    expect_refused(honest.rip, flag, "cross_call");
    const auto *cross = reinterpret_cast<const char *>(&rt_gate_cross);
    expect_refused(attack::address_of(attack::nth_wrpkru(cross, 0)), flag, "cross call's wrpkru");
}

void expect_cleared_by_a_fault(uint64_t flags) {
    attack::set_canaries();
    RegisterFile file = file_for(attack::address_of(attack_undefined));
    file.flags = 2 | flags;
    const Outcome outcome = attack::strike(file);
    EXPECT(!outcome.returned) &&
        EXPECT_FAULT(outcome.fault, .kind = rt::FaultKind::illegal, .domain = Domain::alice,
                     .signal = 4, .code = 2, .address = file.rip) &&
        EXPECT((outcome.fault.registers.rflags & flags) == flags);
    attack::contained(outcome, file, "fault");
}

} // namespace

POSTERN_TEST("attack.flags.direction", SHOWS(flags_do_not_reach_the_monitor), TRIES(attack_49)) {
    expect_refused_everywhere(direction);
}
POSTERN_TEST("attack.flags.nested_task", SHOWS(flags_do_not_reach_the_monitor), TRIES(attack_49)) {
    expect_refused_everywhere(nested_task);
}
POSTERN_TEST("attack.flags.alignment_check", SHOWS(flags_do_not_reach_the_monitor),
             TRIES(attack_49)) {
    expect_refused_everywhere(alignment_check);
}

// The ID flag changes no instruction's result, but it is a bit of the attacker's that would cross.
POSTERN_TEST("attack.flags.identification", SHOWS(flags_do_not_reach_the_monitor),
             TRIES(attack_49)) {
    expect_refused_everywhere(identification);
}

POSTERN_TEST("attack.flags.cleared_by_a_fault", SHOWS(flags_do_not_reach_the_monitor),
             TRIES(attack_49)) {
    expect_cleared_by_a_fault(direction | nested_task | alignment_check | identification);
}

// A single step before the gate is the domain's own affair.
POSTERN_TEST("attack.flags.trap_flag", SHOWS(flags_do_not_reach_the_monitor), TRIES(attack_29)) {
    attack::set_canaries();
    RegisterFile file = file_for(attack::address_of(rt_gate_leave));
    file.flags = 2 | trap_flag;
    const Outcome outcome = attack::strike(file);
    EXPECT(!outcome.returned) && EXPECT(outcome.fault.kind == rt::FaultKind::breakpoint) &&
        EXPECT(outcome.fault.domain == Domain::alice);
    attack::contained(outcome, file, "single step");
}

// iretq sets TF, so the trap comes after the instruction at the target: after the wrpkru, with the
// monitor's view in the frame. The state word decides whose fault it is; the view does not.
POSTERN_TEST("attack.flags.trap_flag_after_wrpkru", SHOWS(flags_do_not_reach_the_monitor),
             TRIES(attack_29)) {
    attack::set_canaries();
    const auto strike_at = [&](const char *at) {
        RegisterFile file = file_for(attack::address_of(at));
        file.way = ATTACK_BY_IRETQ;
        file.flags = 2 | trap_flag;
        const Outcome outcome = attack::strike(file);
        EXPECT(!outcome.returned) && EXPECT_EQUAL(outcome.fault.signal, 5) &&
            EXPECT_EQUAL(outcome.fault.pkru, attack::views.monitor) &&
            EXPECT_EQUAL(outcome.fault.registers.rip, file.rip + 3);
        attack::contained(outcome, file, "single step behind wrpkru");
    };
    attack::for_each_wrpkru(attack::gate_code(), strike_at);
    attack::for_each_wrpkru(attack::trap_code(), strike_at);
}
