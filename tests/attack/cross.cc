/// The attacker wants more of a crossing than its result: the monitor's stack by a stack pointer of
/// its choice, the monitor's death by what it leaves in its registers, its victim's code without a
/// crossing. What must hold: each is a Fault of the attacker or comes to nothing.
#include "linker/symbols.h"
#include "tests/attack/canaries.h"
#include "tests/attack/code.h"
#include "tests/attack/crossings.h"
#include "tests/attack/register_table.h"

extern "C" {
/// tests/attack/cross.S.
uint64_t attack_pending_wait();
uint64_t attack_pending_return();
uint64_t attack_pending_ask();
uint64_t attack_pending_cross();
}

namespace {

using attack::Outcome;
using attack::RegisterFile;

constexpr rt::Entry<Domain::alice, attack_pending_wait> pending_wait;
constexpr rt::Entry<Domain::alice, attack_pending_return> pending_return;
constexpr rt::Entry<Domain::alice, attack_pending_ask> pending_ask;
constexpr rt::Entry<Domain::alice, attack_pending_cross> pending_cross;

} // namespace

// Goal: have the monitor, or the victim, push or pop where the attacker says. The crossing is made,
// and the attacker gets its processor back where it said; what it then reads is its own affair.
POSTERN_TEST("attack.cross.stack_pointer_of_its_choice") {
    attack::set_canaries();
    EXPECT_EQUAL(attack::strike(attack::crossing_file()).value, ATTACK_LANDED);
    for (size_t row = 0; row < attack::rsp_count; ++row) {
        const attack::Rsp rsp = attack::rsp_row(row);
        RegisterFile file = attack::crossing_file();
        file.rsp = rsp.value;
        const uint64_t times = attack::times_added();
        const Outcome outcome = attack::strike(file);
        EXPECT(!outcome.returned);
        EXPECT_EQUAL(attack::times_added(), times + 1);
        attack::contained(outcome, file, rsp.name);
    }
}

// Goal: its victim's code by the victim's own crossing, or by a number that leads beside the table.
POSTERN_TEST("attack.cross.crossing_that_is_not_its_own") {
    attack::set_canaries();
    RegisterFile file = attack::crossing_file();
    EXPECT(attack::strike(file).returned);
    const uint64_t times = attack::times_added();
    const uint64_t numbers[] = {attack::to_strike.number, 0, 3, ~uint64_t{0},
                                (uint64_t{1} << 59) + 1};
    for (const uint64_t number : numbers) {
        file.rdi = number;
        const Outcome outcome = attack::strike(file);
        EXPECT(!outcome.returned) &&
            EXPECT_FAULT(outcome.fault, .kind = rt::FaultKind::crossing, .domain = Domain::alice,
                         .signal = 0, .code = 0, .address = 0) &&
            EXPECT_EQUAL(outcome.fault.number, number);
        attack::contained(outcome, file, "number of another");
    }
    EXPECT_EQUAL(attack::times_added(), times);
}

// Goal: an exception that the attacker has raised shall hit the monitor, which takes that for its
// own bug.
POSTERN_TEST("attack.cross.exception_left_pending") {
    const auto waited = rt::call<Domain::alice>(pending_wait);
    EXPECT(!waited) && EXPECT(waited.fault().kind == rt::FaultKind::divide);
    EXPECT_EQUAL(rt::call<Domain::alice>(pending_return).value_or(0), 1);
    const auto asked = rt::call<Domain::alice>(pending_ask);
    EXPECT(!asked) && EXPECT(asked.fault().kind == rt::FaultKind::service);
    EXPECT_EQUAL(rt::call<Domain::alice>(pending_cross).value_or(0), 5);
}
