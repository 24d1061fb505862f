/// The attacker wants more of a cross call than its result: the monitor's stack by a stack pointer
/// of its choice, the monitor's death by what it leaves in its registers, its victim's code without
/// a cross call. What must hold: each is a Fault of the attacker or comes to nothing.
#include "linker/symbols.h"
#include "rt/base/slot.h"
#include "rt/entry/cross_call_table.h"
#include "tests/attack/canaries.h"
#include "tests/attack/code.h"
#include "tests/attack/cross_calls.h"
#include "tests/attack/ends_emulator.h"
#include "tests/attack/register_table.h"

extern "C" {
/// tests/attack/cross.S.
uint64_t attack_pending_wait();
uint64_t attack_pending_return();
uint64_t attack_pending_ask();
uint64_t attack_pending_cross();
/// tests/attack/behind.S: the bytes at the place of row 3.
extern const char attack_row_behind[];
extern const char __cross_calls_end[];
}

namespace {

using attack::Outcome;
using attack::RegisterFile;

/// Exception flags, stack fault and summary of the status word. [sdm-1 8.1.3]
constexpr unsigned raised = 0xff;

unsigned x87_status() {
    uint16_t status;
    asm volatile("fnstsw %0" : "=m"(status));
    return status;
}

constexpr rt::Entry<Domain::alice, attack_pending_wait> pending_wait;
constexpr rt::Entry<Domain::alice, attack_pending_return> pending_return;
constexpr rt::Entry<Domain::alice, attack_pending_ask> pending_ask;
constexpr rt::Entry<Domain::alice, attack_pending_cross> pending_cross;

/// In the attacker's memory, for it to change.
POSTERN_BSS(alice) rt::gate::CrossCallRecord false_row;
POSTERN_BSS(alice) uint64_t false_word;

} // namespace

// Goal: have the monitor, or the victim, push or pop where the attacker says. The cross call is
// made, and the attacker gets its processor back where it said; what it then reads is its own
// affair.
POSTERN_TEST("attack.cross.stack_pointer_of_its_choice", SHOWS(cross_call_is_its_callers_alone),
             TRIES(attack_39)) {
    attack::set_canaries();
    EXPECT_EQUAL(attack::strike(attack::cross_call_file()).value, ATTACK_LANDED);
    for (size_t row = 0; row < attack::rsp_count; ++row) {
        const attack::Rsp rsp = attack::rsp_row(row);
        RegisterFile file = attack::cross_call_file();
        file.rsp = rsp.value;
        const uint64_t times = attack::times_added();
        const Outcome outcome = attack::strike(file);
        EXPECT(!outcome.returned);
        EXPECT_EQUAL(attack::times_added(), times + 1);
        attack::contained(outcome, file, rsp.name);
    }
}

// Goal: the victim's code, by the victim's own cross call or by a number beyond the table. The
// constants directly after the table look like the row that the attacker would want.
POSTERN_TEST("attack.cross.cross_call_that_is_not_its_own", SHOWS(cross_call_is_its_callers_alone),
             TRIES(attack_85)) {
    attack::set_canaries();
    EXPECT_EQUAL(attack::address_of(attack_row_behind), attack::address_of(__cross_calls_end));
    RegisterFile file = attack::cross_call_file();
    EXPECT(attack::strike(file).returned);
    const uint64_t times = attack::times_added();
    const uint64_t numbers[] = {attack::to_strike.number, 0, 3, ~uint64_t{0},
                                (uint64_t{1} << 59) + 1};
    for (const uint64_t number : numbers) {
        file.rdi = number;
        const Outcome outcome = attack::strike(file);
        EXPECT(!outcome.returned) &&
            EXPECT_FAULT(outcome.fault, .kind = rt::FaultKind::cross_call, .domain = Domain::alice,
                         .signal = 0, .code = 0, .address = 0) &&
            EXPECT_EQUAL(outcome.fault.number, number);
        attack::contained(outcome, file, "number of another");
    }
    EXPECT_EQUAL(attack::times_added(), times);
}

// Goal: a row of its own making. The attacker jumps to each byte after the look-up with such a row
// in rdx, and with a value in rcx that makes the slot's stack word one of its own words. The row's
// gate is then called by the attacker, under the attacker's own view.
POSTERN_TEST("attack.cross.row_of_its_own", SHOWS(cross_call_is_its_callers_alone),
             TRIES(attack_85)) {
    attack::set_canaries();
    RegisterFile file = attack::cross_call_file();
    file.rax = attack::views.alice;
    file.rdx = attack::address_of(&false_row);
    file.rcx = (attack::address_of(&false_word) - attack::address_of(&rt::base::slot().stack)) / 8;
    file.rsp = attack::own_stack();
    size_t called = 0;
    for (uint32_t wipes = 0; wipes < 2; ++wipes) {
        const rt::gate::CrossCallRecord row = {
            .enter = reinterpret_cast<RtGateEnter *>(reinterpret_cast<uintptr_t>(attack_poke)),
            .function = nullptr,
            .view = attack::views.alice,
            .caller = 0,
            .wipes = wipes,
            .number = 1};
        EXPECT(
            bool(rt::copy_to_domain(Domain::alice, rt::Claimed::of(&false_row), &row, sizeof row)));
        const char *begin = reinterpret_cast<const char *>(&rt_gate_cross);
        const char *end = attack::find_bytes(attack::nth_wrpkru(begin, 1), "\xcc\x0f\x0b", 3);
        for (const char *rip = begin; rip != end; ++rip) {
            if (attack::is_emulated() && attack::may_end_emulator(rip)) {
                continue;
            }
            file.rip = attack::address_of(rip);
            const Outcome outcome = attack::strike(file);
            called += !outcome.returned &&
                      outcome.fault.address == attack::address_of(attack::monitor_canary(0)) &&
                      outcome.fault.pkru == attack::views.alice;
            attack::contained(outcome, file, "false row");
        }
    }
    EXPECT(called > 0);
}

// Goal: an exception that the attacker has raised shall hit the monitor, which takes that for its
// own bug.
POSTERN_TEST("attack.cross.exception_left_pending", SHOWS(cross_call_is_its_callers_alone),
             TRIES(attack_48)) {
    const auto waited = rt::call<Domain::alice>(pending_wait);
    EXPECT(!waited) && EXPECT(waited.fault().kind == rt::FaultKind::divide);
    EXPECT_EQUAL(rt::call<Domain::alice>(pending_return).value_or(0), 1);
    const auto asked = rt::call<Domain::alice>(pending_ask);
    EXPECT(!asked) && EXPECT(asked.fault().kind == rt::FaultKind::service);
    // The emulator raises a pending exception at fwait alone, so this tells where a processor would
    // have ended the program.
    EXPECT_EQUAL(x87_status() & raised, 0);
    EXPECT_EQUAL(rt::call<Domain::alice>(pending_cross).value_or(0), 5);
}
