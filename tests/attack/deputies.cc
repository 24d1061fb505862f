/// The attacker wants the kernel to write for it: a signal frame goes where the stack pointer leads
/// unless the kernel takes another stack, and from 6.12 on protection keys do not stop that write.
/// It leads rsp into memory of others and raises every signal that it can, or waits until its time
/// is up. What must hold: the frame is on the alternate stack, nothing else has changed, and each
/// attempt is a fault of the attacker.
#include "linker/symbols.h"
#include "tests/attack/canaries.h"

extern "C" {
/// tests/attack/instructions.S, syscalls.S, strike.S.
extern const char attack_instruction_int3[], attack_instruction_hlt[];
extern const char attack_instruction_div_by_0[], attack_syscall[], attack_spin[];
}

namespace {

using attack::Outcome;
using attack::RegisterFile;
using rt::FaultKind;

struct Trap {
    const char *at;
    FaultKind kind;
};
/// One per signal that an instruction raises; attack_poke's store is to the monitor's memory.
constexpr Trap traps[] = {
    {attack_undefined, FaultKind::illegal},
    {attack_instruction_int3, FaultKind::breakpoint},
    {attack_instruction_hlt, FaultKind::protection},
    {attack_instruction_div_by_0, FaultKind::divide},
    {attack_poke, FaultKind::write},
    {attack_syscall, FaultKind::syscall},
};

/// Behind what a frame would overwrite: the ends of pages of the monitor, of bob, of the slot, of
/// gates and constants.
template <class Visit>
void for_each_foreign_rsp(Visit visit) {
    const uint64_t slot = attack::address_of(__arena_start);
    const uint64_t ends[] = {attack::address_of(attack::monitor_canary(attack::canary_pages - 1)),
                             attack::address_of(attack::bob_canary()),
                             slot + POSTERN_SLOT_PRIVATE,
                             slot + POSTERN_SLOT_PUBLIC,
                             attack::address_of(__gate_start),
                             attack::address_of(__region_table_start) &
                                 ~uint64_t{POSTERN_PAGE - 1}};
    for (const uint64_t page : ends) {
        visit(page + POSTERN_PAGE);
        visit(page + POSTERN_PAGE / 2 + 8);
    }
}

} // namespace

POSTERN_TEST("attack.trap.stack_pointer_in_foreign_memory", SHOWS(frames_go_to_alternate_stack),
             TRIES(attack_3)) {
    attack::set_canaries();
    for_each_foreign_rsp([](uint64_t rsp) {
        for (const Trap &trap : traps) {
            RegisterFile file = attack::hostile_file();
            file.rip = attack::address_of(trap.at);
            file.rsp = rsp;
            const Outcome outcome = attack::strike(file);
            EXPECT(!outcome.returned) && EXPECT(outcome.fault.kind == trap.kind);
            EXPECT_EQUAL(outcome.fault.registers.rsp, rsp);
            attack::contained(outcome, file, "foreign stack pointer");
        }
    });
}

// The signal of the deadline comes whatever the attacker does. The slot's words on it change.
POSTERN_TEST("attack.deadline.stack_pointer_in_foreign_memory", SHOWS(frames_go_to_alternate_stack),
             TRIES(attack_3)) {
    constexpr uint64_t a_millisecond = 1'000'000;
    attack::set_canaries();
    for_each_foreign_rsp([](uint64_t rsp) {
        RegisterFile file = attack::hostile_file();
        file.rip = attack::address_of(attack_spin);
        file.rsp = rsp;
        attack::load(file);
        const Outcome outcome = attack::fire_within(a_millisecond);
        EXPECT(!outcome.returned) && EXPECT(outcome.fault.kind == FaultKind::deadline);
        EXPECT(attack::memory_intact());
    });
}
