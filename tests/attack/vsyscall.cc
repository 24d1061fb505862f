/// The attacker is in a program that may execute others, and jumps to the vsyscall page, which
/// dispatch does not see. What must hold: the filter that executed programs inherit refuses it, or
/// the kernel does not have that page. [linux vsyscall_64.c v6.12]
#include <asm/unistd.h>

#include "tests/attack/canaries.h"

namespace {

using attack::Outcome;
using attack::RegisterFile;

struct Entry {
    uint64_t address;
    uint64_t number;
};
constexpr Entry entries[] = {{0xffffffffff600000, __NR_gettimeofday},
                             {0xffffffffff600400, __NR_time},
                             {0xffffffffff600800, __NR_getcpu}};

} // namespace

POSTERN_TEST("attack.inherited.vsyscall_page", SHOWS(executing_app_says_its_rules),
             TRIES(attack_23)) {
    EXPECT(rt::guarantees().seccomp_mode == rt::syscall::SeccompMode::may_exec);
    attack::set_canaries();
    for (const Entry &entry : entries) {
        RegisterFile file = attack::hostile_file();
        file.rip = entry.address;
        file.rdi = file.rsi = 0; // nowhere: else the kernel refuses the pointer first
        const Outcome outcome = attack::strike(file);
        EXPECT(!outcome.returned);
        if (outcome.fault.kind == rt::FaultKind::syscall) {
            constexpr int by_filter = 1; // SYS_SECCOMP
            EXPECT_FAULT(outcome.fault, .kind = rt::FaultKind::syscall, .domain = Domain::alice,
                         .signal = 31, .code = by_filter, .address = 0);
            EXPECT_EQUAL(outcome.fault.number, entry.number);
        } else {
            EXPECT(outcome.fault.kind == rt::FaultKind::execute);
        }
        attack::contained(outcome, file, "vsyscall");
    }
}
