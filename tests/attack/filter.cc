/// The attacker has found a hole in the first wall: system calls are not dispatched any more, as in
/// a child process, which a fork gives no dispatch. What must hold: the second wall still refuses
/// every system call instruction but the runtime's own, and from that one whatever the rules give
/// up. Each case runs in such a child; there is no third wall, and what the runtime's instruction
/// serves then is shown.
#include "tests/attack/canaries.h"
#include "tests/attack/code.h"
#include "tests/attack/strike.h"
#include "tests/harness/harness.h"

#include <asm/unistd.h>

extern "C" {
/// tests/attack/syscalls.S.
extern const char attack_syscall[], attack_int80[], attack_sysenter[];
}

namespace {

using attack::Outcome;
using attack::RegisterFile;

/// Ends the child with a line where `good` does not hold.
void require(bool good, const char *what) {
    if (!good) {
        rt::log("{}", what);
        rt::sys::exit(1);
    }
}

void expect_good(void (*body)()) {
    if (rt::guarantees().second_wall != rt::policy::Wall::strict) {
        return harness::skip("this kernel has no filters (CONFIG_SECCOMP_FILTER)");
    }
    const auto end = harness::in_child(body);
    if (!EXPECT(end.signal == 0 && end.exit_status == 0)) {
        rt::log("  signal {}, status {}: {}", end.signal, end.exit_status,
                static_cast<const char *>(end.text));
    }
}

RegisterFile file_at(const char *instruction, uint64_t number) {
    RegisterFile file = attack::hostile_file();
    file.rip = attack::address_of(instruction);
    file.rax = number;
    return file;
}

/// A whole fault of the second wall's: the code says seccomp, not dispatch.
void require_refused(const RegisterFile &file, uint64_t number, const char *what) {
    constexpr int sys_seccomp = 1;
    const Outcome outcome = attack::strike(file);
    if (outcome.returned || outcome.fault.kind != rt::FaultKind::syscall) {
        rt::log("call {}:", number);
    }
    require(!outcome.returned, what);
    require(outcome.fault.kind == rt::FaultKind::syscall, what);
    require(outcome.fault.domain == Domain::alice, what);
    require(outcome.fault.signal == 31 && outcome.fault.code == sys_seccomp, what);
    require(outcome.fault.number == number, what);
}

const char *runtime_syscall() {
    return attack::find_bytes(rt_sys_call, "\x0f\x05\xc3", 3);
}

} // namespace

// That the first wall is gone, without which these cases would show nothing: the runtime's own
// instruction serves what no rule gives up.
POSTERN_TEST("attack.filter.without_dispatch_the_runtimes_instruction_serves") {
    expect_good([] {
        RegisterFile file = file_at(runtime_syscall(), __NR_close);
        file.rdi = 2; // and the line of `require` with it
        const Outcome outcome = attack::strike(file);
        require(outcome.fault.kind != rt::FaultKind::syscall, "refused");
        const auto again = rt::sys::close(rt::sys::Descriptor::error);
        rt::sys::exit(!again && again.error() == rt::Errno::bad_descriptor ? 0 : 1);
    });
}

// Two calls the kernel lets pass every filter, because its own trampolines for probes make them;
// from elsewhere they do nothing. Dispatch refuses them. [linux seccomp.c v6.14]
POSTERN_TEST("attack.filter.own_instruction") {
    expect_good([] {
        constexpr uint64_t uretprobe = 335, uprobe = 336;
        for (uint64_t number = 0; number < 600; ++number) {
            if (number == uretprobe || number == uprobe) {
                continue;
            }
            require_refused(file_at(attack_syscall, number), number, "a call of its own was made");
        }
    });
}

POSTERN_TEST("attack.filter.thirty_two_bit_instruction") {
    expect_good([] {
        const Outcome outcome = attack::strike(file_at(attack_int80, 20)); // getpid
        require(!outcome.returned, "int 0x80 was served");
        require(outcome.fault.kind == rt::FaultKind::syscall
                    ? outcome.fault.code == 1
                    : outcome.fault.kind == rt::FaultKind::protection,
                "int 0x80 is another fault");
        require(!attack::strike(file_at(attack_sysenter, 20)).returned, "sysenter was served");
    });
}

POSTERN_TEST("attack.filter.restorers_instruction_serves_one_call") {
    expect_good([] {
        const char *at = attack::find_bytes(__restore_rt, "\x0f\x05", 2);
        require_refused(file_at(at, __NR_getpid), __NR_getpid, "the restorer's site served");
        require_refused(file_at(at, __NR_mprotect), __NR_mprotect, "the restorer's site served");
    });
}

// Goal: a page of the monitor's wiped, or text made writable, through the runtime's instruction.
POSTERN_TEST("attack.filter.memory_map_of_the_image") {
    expect_good([] {
        attack::set_canaries();
        RegisterFile file = file_at(runtime_syscall(), __NR_madvise);
        file.rdi = attack::address_of(attack::monitor_canary(0));
        file.rsi = POSTERN_PAGE;
        file.rdx = 4; // MADV_DONTNEED
        require_refused(file, __NR_madvise, "madvise on the monitor was made");
        require(attack::monitor_canary(0)[0] != 0, "a page of the monitor is wiped");
        file.rax = __NR_mprotect;
        file.rdi = POSTERN_BASE;
        file.rdx = 3;
        require_refused(file, __NR_mprotect, "text was made writable");
        file.rax = __NR_munmap;
        require_refused(file, __NR_munmap, "text was unmapped");
        file.rax = __NR_pkey_mprotect;
        file.r10 = 0;
        require_refused(file, __NR_pkey_mprotect, "a page got another key");
    });
}

POSTERN_TEST("attack.filter.new_code_and_other_programs") {
    expect_good([] {
        RegisterFile file = file_at(runtime_syscall(), __NR_mmap);
        file.rdi = 0;
        file.rsi = POSTERN_PAGE;
        file.rdx = 7;
        file.r10 = 0x22;
        require_refused(file, __NR_mmap, "executable memory was mapped");
        const uint64_t numbers[] = {__NR_execve,        __NR_execveat,     __NR_ptrace,
                                    __NR_seccomp,       __NR_rt_sigreturn, __NR_userfaultfd,
                                    __NR_io_uring_setup};
        for (const uint64_t number : numbers) {
            require_refused(file_at(runtime_syscall(), number), number, "a given up call was made");
        }
    });
}

// Dispatch does not see the vsyscall page; the filter does, where the kernel has that page.
POSTERN_TEST("attack.filter.vsyscall_page") {
    expect_good([] {
        RegisterFile file = attack::hostile_file();
        file.rip = 0xffffffffff600400; // time(2)
        file.rdi = 0;
        const Outcome outcome = attack::strike(file);
        require(!outcome.returned, "the vsyscall page served");
        require(outcome.fault.kind == rt::FaultKind::syscall
                    ? outcome.fault.number == __NR_time && outcome.fault.code == 1
                    : outcome.fault.kind == rt::FaultKind::execute,
                "the vsyscall page is another fault");
    });
}
