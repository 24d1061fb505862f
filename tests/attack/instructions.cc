/// The attacker wants an instruction that does more than its rights allow: a privileged one, one of
/// an extension that should not be enabled, or one that leads into the kernel by another gate. What
/// must hold: each is a fault of the attacker with the signal of its kind, or does nothing, and the
/// monitor goes on. The same holds for returns into segments and to addresses that no program has.
#include "rt/key/cpuid.h"
#include "tests/attack/canaries.h"
#include "tests/attack/instruction_table.h"

extern "C" {
/// tests/attack/instructions.S.
#define ONE(name, end, ...) extern const char attack_instruction_##name[];
ATTACK_INSTRUCTIONS(ONE)
#undef ONE
}

namespace {

using attack::Outcome;
using attack::RegisterFile;
using rt::FaultKind;

/// How an instruction may end.
using End = bool (*)(const Outcome &);

bool is_fault(const Outcome &outcome, FaultKind kind, int signal) {
    return !outcome.returned && outcome.fault.domain == Domain::alice &&
           outcome.fault.kind == kind && outcome.fault.signal == signal;
}
bool step(const Outcome &outcome) {
    return is_fault(outcome, FaultKind::breakpoint, 5);
}
/// The emulator does not have it.
bool step_or_undefined(const Outcome &outcome) {
    return step(outcome) || is_fault(outcome, FaultKind::illegal, 4);
}
bool division(const Outcome &outcome) {
    return is_fault(outcome, FaultKind::divide, 8);
}
/// #UD or #GP, as the processor has it.
bool forbidden(const Outcome &outcome) {
    return is_fault(outcome, FaultKind::illegal, 4) || is_fault(outcome, FaultKind::protection, 11);
}
bool did_nothing(const Outcome &outcome) {
    return outcome.returned && outcome.value == ATTACK_LANDED;
}
bool harmless(const Outcome &outcome) {
    return did_nothing(outcome) || forbidden(outcome);
}
/// Forbidden, and run at user level by an emulator that forgets to look: QEMU 10 and 11.
bool forbidden_on_processors(const Outcome &outcome) {
    return forbidden(outcome);
}

/// Whether the processor is QEMU's emulation, which names itself where hypervisors do.
bool is_emulated() {
    constexpr uint32_t hypervisor = 0x40000000;
    const rt::key::Leaf name = rt::key::cpuid(hypervisor);
    return __builtin_memcmp(&name.ebx, "TCGTCGTCGTCG", 12) == 0;
}

struct Instruction {
    const char *name;
    const char *at;
    End may_end;
};
constexpr Instruction instructions[] = {
#define ONE(name, end, ...) {#name, attack_instruction_##name, end},
    ATTACK_INSTRUCTIONS(ONE)
#undef ONE
};

constexpr uint64_t io_privilege = 0x3000, virtual_8086 = 0x20000, virtual_interrupts = 0x180000;

/// Tries one instruction.
Outcome strike_at(const Instruction &instruction) {
    RegisterFile file = attack::hostile_file();
    file.rip = attack::address_of(instruction.at);
    const Outcome outcome = attack::strike(file);
    attack::contained(outcome, file, instruction.name);
    return outcome;
}

void expect_end(const Instruction &instruction, const Outcome &outcome) {
    if (!EXPECT(instruction.may_end(outcome))) {
        rt::log("{} ended otherwise", instruction.name);
        if (!outcome.returned) {
            rt::log("  as: {}", outcome.fault);
        }
    }
}

/// A strike by iretq that must be a fault of the attacker, wherever the processor finds out.
Outcome expect_contained(const RegisterFile &file, const char *what) {
    const Outcome outcome = attack::strike(file);
    EXPECT(!outcome.returned) && EXPECT(outcome.fault.domain == Domain::alice);
    attack::contained(outcome, file, what);
    return outcome;
}

RegisterFile by_iretq() {
    RegisterFile file = attack::hostile_file();
    file.way = ATTACK_BY_IRETQ;
    file.rip = attack::address_of(attack_undefined);
    return file;
}

} // namespace

POSTERN_TEST("attack.instructions.each_is_a_fault_or_nothing", SHOWS(alien_instructions_are_faults),
             TRIES(attack_56, attack_58, attack_62)) {
    attack::set_canaries();
    for (const Instruction &instruction : instructions) {
        if (instruction.may_end != forbidden_on_processors) {
            expect_end(instruction, strike_at(instruction));
        }
    }
}

POSTERN_TEST("attack.instructions.caches_and_overflow", SHOWS(alien_instructions_are_faults),
             TRIES(attack_62)) {
    attack::set_canaries();
    bool has_run = false;
    for (const Instruction &instruction : instructions) {
        if (instruction.may_end != forbidden_on_processors) {
            continue;
        }
        const Outcome outcome = strike_at(instruction);
        if (is_emulated() && did_nothing(outcome)) {
            rt::log("this emulator runs {} at user level", instruction.name);
            has_run = true;
        } else {
            expect_end(instruction, outcome);
        }
    }
    if (has_run) {
        harness::skip("this emulator runs at user level what no processor does: QEMU 10 and 11");
    }
}

// Selectors of the kernel's, of data, of tables that are not there. [linux segment.h v6.12]
POSTERN_TEST("attack.instructions.returns_into_other_segments",
             SHOWS(alien_instructions_are_faults), TRIES(attack_21, attack_63)) {
    attack::set_canaries();
    constexpr uint64_t codes[] = {0,    3,    0x08, 0x0b, 0x10, 0x13, 0x18,   0x1b,
                                  0x2b, 0x07, 0x0f, 0x40, 0x43, 0x7b, 0xfff8, 0xffff};
    for (const uint64_t code : codes) {
        RegisterFile file = by_iretq();
        file.cs = code;
        const Outcome outcome = expect_contained(file, "code segment");
        EXPECT_EQUAL(outcome.fault.signal, 11);
        file = attack::hostile_file();
        file.way = ATTACK_BY_FAR_JUMP;
        file.far = (file.rip & 0xffffffff) | code << 32;
        EXPECT_EQUAL(expect_contained(file, "far jump").fault.signal, 11);
    }
    constexpr uint64_t stacks[] = {0, 0x10, 0x18, 0x1b, 0x23, 0x33, 0x0f, 0x43, 0xffff};
    for (const uint64_t stack : stacks) {
        RegisterFile file = by_iretq();
        file.ss = stack;
        expect_contained(file, "stack segment");
    }
}

POSTERN_TEST("attack.instructions.returns_to_unowned_addresses",
             SHOWS(alien_instructions_are_faults), TRIES(attack_63)) {
    attack::set_canaries();
    constexpr uint64_t places[] = {
        0, 0x800000000000, 0x7ffffffff000, ~uint64_t{0}, 0x8000000000000000, 0xffffffff81000000};
    for (const uint64_t place : places) {
        RegisterFile file = by_iretq();
        file.rip = place;
        EXPECT_EQUAL(expect_contained(file, "address").fault.signal, 11);
        file = by_iretq();
        file.rsp = place;
        EXPECT_EQUAL(expect_contained(file, "stack pointer").fault.signal, 4);
    }
}

// Flags that no program may set: the processor leaves them as they are.
POSTERN_TEST("attack.instructions.returns_with_flags_of_the_kernels",
             SHOWS(alien_instructions_are_faults), TRIES(attack_63)) {
    attack::set_canaries();
    RegisterFile file = by_iretq();
    file.flags = 2 | io_privilege | virtual_interrupts;
    const Outcome outcome = expect_contained(file, "flags");
    EXPECT_EQUAL(
        outcome.fault.registers.rflags & (io_privilege | virtual_8086 | virtual_interrupts), 0);
}
