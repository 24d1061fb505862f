/// The attacker wants one system call: to wipe a page of the monitor (madvise ignores protection
/// keys), or to return from a signal that never was, with registers and PKRU of its choice. What
/// must hold, with dispatch and without: every system call instruction, its own or the runtime's,
/// is a Fault{syscall} with number and arguments.
#include "rt/trap/frame.h"
#include "tests/attack/canaries.h"
#include "tests/attack/code.h"
#include "tests/harness/refused_call.h"

#include <asm/unistd.h>

extern "C" {
/// tests/attack/syscalls.S.
extern const char attack_syscall[], attack_int80[], attack_sysenter[];
}

namespace {

using attack::Outcome;
using attack::RegisterFile;

constexpr uint64_t dont_need = 4;                       // MADV_DONTNEED
constexpr uint64_t on_stack_with_restorer = 0x0c000000; // [linux signal.h v6.12]

/// madvise(first canary page, 4096, MADV_DONTNEED).
RegisterFile wiping_file() {
    RegisterFile file = attack::hostile_file();
    file.rax = __NR_madvise;
    file.rdi = attack::address_of(attack::monitor_canary(0));
    file.rsi = POSTERN_PAGE;
    file.rdx = dont_need;
    file.r10 = 4;
    file.r8 = 5;
    file.r9 = 6;
    return file;
}

bool expect_syscall_fault(const Outcome &outcome, uint64_t number) {
    return EXPECT(!outcome.returned) &&
           EXPECT_FAULT(outcome.fault, .kind = rt::FaultKind::syscall, .domain = Domain::alice,
                        .signal = 31, .code = harness::code_of_refused_call(), .address = 0) &&
           EXPECT_EQUAL(outcome.fault.number, number);
}

void expect_refused(const char *instruction) {
    attack::set_canaries();
    RegisterFile file = wiping_file();
    file.rip = attack::address_of(instruction);
    const Outcome outcome = attack::strike(file);
    if (expect_syscall_fault(outcome, __NR_madvise)) {
        EXPECT_EQUAL(outcome.fault.arguments[0], file.rdi);
        EXPECT_EQUAL(outcome.fault.arguments[1], file.rsi);
        EXPECT_EQUAL(outcome.fault.arguments[2], file.rdx);
        EXPECT_EQUAL(outcome.fault.arguments[3], file.r10);
        EXPECT_EQUAL(outcome.fault.arguments[4], file.r8);
        EXPECT_EQUAL(outcome.fault.arguments[5], file.r9);
    }
    attack::contained(outcome, file, "madvise");
}

const char *runtime_syscall() {
    return attack::find_bytes(rt_sys_call, "\x0f\x05\xc3", 3);
}

/// A signal frame in the attacker's memory: it goes on at attack_poke's store with the kernel's
/// default view (no XSAVE area), which may write the public page.
POSTERN_BSS(alice) alignas(64) uint64_t false_frame[128];

RegisterFile returning_file() {
    uint64_t words[128] = {};
    auto *frame = reinterpret_cast<rt::trap::Frame *>(words);
    auto &saved = frame->context.uc_mcontext;
    saved.rip = attack::address_of(attack_landing) - 3; // movq %rcx, (%rax)
    saved.rax = attack::public_word();
    saved.rcx = attack::loot;
    saved.rsp = attack::own_stack();
    saved.eflags = 0x202;
    saved.cs = attack::user_code;
    saved.ss = attack::user_data;
    EXPECT(
        bool(rt::copy_to_domain(Domain::alice, rt::Claimed::of(false_frame), words, sizeof words)));
    RegisterFile file = attack::hostile_file();
    file.rax = __NR_rt_sigreturn;
    file.rsp = attack::address_of(false_frame) + offsetof(rt::trap::Frame, context);
    return file;
}

} // namespace

POSTERN_TEST("attack.syscall.own_instruction", SHOWS(domain_makes_no_system_call),
             TRIES(attack_6)) {
    expect_refused(attack_syscall);
}

POSTERN_TEST("attack.syscall.runtimes_instruction", SHOWS(domain_makes_no_system_call),
             TRIES(attack_6)) {
    expect_refused(runtime_syscall());
}

// Goal: a handler of its own for its own fault, which the kernel starts with key 0 writable; from
// there the view word and a gate's wrpkru lead to any view.
POSTERN_TEST("attack.syscall.sigaction_of_its_own", SHOWS(domain_makes_no_system_call),
             TRIES(attack_32)) {
    attack::set_canaries();
    const uint64_t action[4] = {attack::address_of(attack_landing), on_stack_with_restorer,
                                attack::address_of(__restore_rt), 0};
    EXPECT(bool(
        rt::copy_to_domain(Domain::alice, rt::Claimed::of(false_frame), action, sizeof action)));
    RegisterFile file = attack::hostile_file();
    file.rax = __NR_rt_sigaction;
    file.rdi = 11; // SIGSEGV
    file.rsi = attack::address_of(false_frame);
    file.rdx = 0;
    file.r10 = 8; // bytes of a mask
    const char *const instructions[] = {attack_syscall, runtime_syscall()};
    for (const char *instruction : instructions) {
        file.rip = attack::address_of(instruction);
        const Outcome outcome = attack::strike(file);
        expect_syscall_fault(outcome, __NR_rt_sigaction);
        attack::contained(outcome, file, "rt_sigaction");
    }
    // Her next fault is the runtime's to handle.
    file = attack::hostile_file();
    file.rip = attack::address_of(attack_poke);
    file.poke(attack::monitor_canary(0), attack::loot);
    const Outcome poked = attack::strike(file);
    EXPECT(!poked.returned) && EXPECT(poked.fault.kind == rt::FaultKind::write);
    attack::contained(poked, file, "behind rt_sigaction");
}

// x32 is a bit of the number; the architecture is that of 64-bit programs. [linux x32]
POSTERN_TEST("attack.syscall.x32_number", SHOWS(domain_makes_no_system_call), TRIES(attack_22)) {
    attack::set_canaries();
    RegisterFile file = wiping_file();
    file.rax |= 0x40000000;
    file.rip = attack::address_of(attack_syscall);
    const Outcome outcome = attack::strike(file);
    expect_syscall_fault(outcome, file.rax);
    attack::contained(outcome, file, "x32");
}

// The restorer sets the number itself. A jump past that finds an instruction like any other.
POSTERN_TEST("attack.syscall.restorers_instruction", SHOWS(domain_makes_no_system_call),
             TRIES(attack_5)) {
    expect_refused(attack::find_bytes(__restore_rt, "\x0f\x05", 2));
}

// The 32-bit ways in have numbers of their own; the memory that they would have wiped is out of
// their reach. A kernel may have them switched off, which is as good.
POSTERN_TEST("attack.syscall.thirty_two_bit_instructions", SHOWS(domain_makes_no_system_call),
             TRIES(attack_22)) {
    attack::set_canaries();
    RegisterFile file = wiping_file();
    file.rax = 219; // madvise for 32-bit programs
    file.rip = attack::address_of(attack_int80);
    Outcome outcome = attack::strike(file);
    EXPECT(!outcome.returned);
    if (outcome.fault.kind == rt::FaultKind::syscall) {
        expect_syscall_fault(outcome, file.rax);
    } else {
        EXPECT(outcome.fault.kind == rt::FaultKind::protection);
    }
    attack::contained(outcome, file, "int 0x80");
    // Where the instruction exists in 64-bit mode, what the kernel shows of it is not to be relied
    // on.
    file.rip = attack::address_of(attack_sysenter);
    outcome = attack::strike(file);
    EXPECT(!outcome.returned);
    attack::contained(outcome, file, "sysenter");
}

POSTERN_TEST("attack.syscall.forged_sigreturn", SHOWS(domain_makes_no_system_call),
             TRIES(attack_4)) {
    attack::set_canaries();
    RegisterFile file = returning_file();
    const char *const instructions[] = {attack_syscall, runtime_syscall()};
    for (const char *instruction : instructions) {
        file.rip = attack::address_of(instruction);
        const Outcome outcome = attack::strike(file);
        expect_syscall_fault(outcome, __NR_rt_sigreturn);
        attack::contained(outcome, file, "rt_sigreturn");
    }
}

POSTERN_TEST("attack.restorer.forged_sigreturn", SHOWS(domain_makes_no_system_call),
             TRIES(attack_4)) {
    attack::set_canaries();
    RegisterFile file = returning_file();
    file.rip = attack::address_of(__restore_rt);
    const Outcome outcome = attack::strike(file);
    expect_syscall_fault(outcome, __NR_rt_sigreturn);
    attack::contained(outcome, file, "__restore_rt");
}

// The vsyscall page is no system call for the dispatcher: the kernel emulates time(2) with the
// pointer of the attacker. For the seccomp filter it is a system call like any other. [linux
// vsyscall_64.c v6.12]
POSTERN_TEST("attack.syscall.vsyscall_page", SHOWS(domain_makes_no_system_call), TRIES(attack_23)) {
    attack::set_canaries();
    RegisterFile file = attack::hostile_file();
    file.rip = 0xffffffffff600400;
    file.rdi = attack::address_of(attack::monitor_canary(0));
    const Outcome outcome = attack::strike(file);
    EXPECT(!outcome.returned);
    if (outcome.fault.kind == rt::FaultKind::syscall) {
        constexpr int by_filter = 1; // SYS_SECCOMP
        EXPECT_FAULT(outcome.fault, .kind = rt::FaultKind::syscall, .domain = Domain::alice,
                     .signal = 31, .code = by_filter, .address = 0);
        EXPECT_EQUAL(outcome.fault.number, __NR_time);
    } else {
        EXPECT_EQUAL(outcome.fault.signal, 11);
    }
    attack::contained(outcome, file, "vsyscall");
}
