/// System calls that a domain would change the memory map with, and what they aim at.
#include "tests/attack/map_calls.h"

#include "linker/symbols.h"
#include "rt/base/slot.h"
#include "tests/attack/canaries.h"
#include "tests/attack/code.h"
#include "tests/harness/refused_call.h"

extern "C" {
/// tests/attack/syscalls.S.
extern const char attack_syscall[];
}

namespace attack {

namespace {

/// The stack that a served call returns to: an undefined instruction, so that the fault shows the
/// kernel's answer. On key 0.
const char *const returns[2] = {attack_undefined, attack_undefined};

uint64_t page_of(const volatile void *object) {
    return address_of(object) & ~uint64_t{POSTERN_PAGE - 1};
}

RegisterFile file_of(const Call &call, uint64_t address) {
    RegisterFile file = hostile_file();
    uint64_t words[6];
    for (size_t i = 0; i < 6; ++i) {
        words[i] = call.arguments[i] == place ? address : call.arguments[i];
    }
    file.rax = call.number;
    file.rdi = words[0];
    file.rsi = words[1];
    file.rdx = words[2];
    file.r10 = words[3];
    file.r8 = words[4];
    file.r9 = words[5];
    file.rsp = address_of(returns);
    return file;
}

const char *runtime_syscall() {
    return find_bytes(rt_sys_call, "\x0f\x05\xc3", 3);
}

} // namespace

const Target (&targets())[target_count] {
    static const uint64_t slot = address_of(__arena_start);
    static const Target all[target_count] = {
        {"monitor data", page_of(monitor_canary(0)), true},
        {"gates", page_of(__gate_start), false},
        {"constants", page_of(__region_table_start), false},
        {"pristine copies", page_of(__pristine_start), false},
        {"private page", slot + POSTERN_SLOT_PRIVATE, true},
        {"public page", slot + POSTERN_SLOT_PUBLIC, true},
        {"alternate stack", slot + POSTERN_SLOT_STACK, true},
        {"guard", slot, false},
        {"bob's data", page_of(bob_canary()), true},
    };
    return all;
}

void expect_refused(const Call &call, uint64_t address) {
    RegisterFile file = file_of(call, address);
    const char *const instructions[] = {attack_syscall, runtime_syscall()};
    for (const char *instruction : instructions) {
        file.rip = address_of(instruction);
        const Outcome outcome = strike(file);
        const bool refused =
            EXPECT(!outcome.returned) &&
            EXPECT_FAULT(outcome.fault, .kind = rt::FaultKind::syscall, .domain = Domain::alice,
                         .signal = 31, .code = harness::code_of_refused_call(), .address = 0) &&
            EXPECT_EQUAL(outcome.fault.number, call.number);
        if (!contained(outcome, file, call.what) || !refused) {
            rt::log("  {} at {}", call.what, rt::Hex{address});
        }
    }
}

long answer_of_served(const Call &call, const Target &target) {
    RegisterFile file = file_of(call, target.address);
    file.r9 = rt::base::slot().call_word;
    file.rip = address_of(runtime_syscall());
    const Outcome outcome = strike(file);
    const bool served =
        EXPECT(!outcome.returned) && EXPECT(outcome.fault.kind == rt::FaultKind::illegal);
    if (!contained(outcome, file, call.what) || !served) {
        rt::log("  {} of {}", call.what, target.what);
    }
    return outcome.returned ? 0 : static_cast<long>(outcome.fault.registers.rax);
}

} // namespace attack
