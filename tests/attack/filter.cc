/// The attacker has found a hole in dispatch: system calls are not dispatched any more, as in
/// a child process, which a fork gives no dispatch. What must hold: the seccomp filter still
/// refuses every system call instruction, the runtime's own two as well, because the attacker does
/// not know the word that they show. Were it known, the rules would still refuse what they give up.
/// Each case runs in such a child.
#include "rt/base/slot.h"
#include "rt/trap/frame.h"
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
    if (rt::guarantees().seccomp_mode != rt::syscall::SeccompMode::strict) {
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

/// A whole fault of the seccomp filter's: the code says seccomp, not dispatch.
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
const char *restorers_syscall() {
    return attack::find_bytes(__restore_rt, "\x0f\x05", 2);
}

uint64_t call_word() {
    return rt::base::slot().call_word;
}

/// The call at the runtime's instruction, by an attacker who has been told the word.
RegisterFile told_file(uint64_t number) {
    RegisterFile file = file_at(runtime_syscall(), number);
    file.r9 = call_word();
    return file;
}

/// Two calls the kernel lets pass every filter, because its own trampolines for probes make them;
/// from elsewhere they do nothing. Dispatch refuses them. [linux seccomp.c v6.14]
bool passes_filters(uint64_t number) {
    constexpr uint64_t uretprobe = 335, uprobe = 336;
    return number == uretprobe || number == uprobe;
}

/// A frame in the attacker's memory that goes on at attack_poke's store with every key open.
POSTERN_BSS(alice) alignas(64) uint64_t false_frame[128];
POSTERN_BSS(alice) alignas(64) uint64_t false_state[64]; // no magic numbers: PKRU 0

RegisterFile returning_file(const char *instruction) {
    uint64_t words[128] = {};
    auto *frame = reinterpret_cast<rt::trap::Frame *>(words);
    auto &saved = frame->context.uc_mcontext;
    saved.rip = attack::address_of(attack_landing) - 3; // movq %rcx, (%rax)
    saved.rax = attack::address_of(attack::monitor_canary(0));
    saved.rcx = attack::loot;
    saved.rsp = attack::own_stack();
    saved.eflags = 0x202;
    saved.cs = attack::user_code;
    saved.ss = attack::user_data;
    saved.fpstate = reinterpret_cast<decltype(saved.fpstate)>(false_state);
    const uint32_t mxcsr = 0x1f80;
    require(
        bool(rt::copy_to_domain(Domain::alice, rt::Claimed::of(false_frame), words, sizeof words)),
        "no frame");
    require(bool(rt::put_user(Domain::alice, rt::Claimed::of(&false_state[3]), uint64_t{mxcsr})),
            "no state");
    RegisterFile file = file_at(instruction, __NR_rt_sigreturn);
    file.rsp = attack::address_of(false_frame) + offsetof(rt::trap::Frame, context);
    return file;
}

} // namespace

// That dispatch is gone and that the word is what refuses, without which these cases would
// show nothing: who shows it is served what no rule gives up.
POSTERN_TEST("attack.filter.who_knows_the_word_is_served", SHOWS(filter_holds_without_dispatch),
             TRIES(attack_84)) {
    expect_good([] {
        RegisterFile file = told_file(__NR_close);
        file.rdi = 2; // and the line of `require` with it
        const Outcome outcome = attack::strike(file);
        require(outcome.fault.kind != rt::FaultKind::syscall, "refused");
        const auto again = rt::sys::close(rt::sys::Descriptor::error);
        rt::sys::exit(!again && again.error() == rt::Errno::bad_descriptor ? 0 : 1);
    });
}

POSTERN_TEST("attack.filter.own_instruction", SHOWS(filter_holds_without_dispatch),
             TRIES(attack_84)) {
    expect_good([] {
        for (uint64_t number = 0; number < 600; ++number) {
            if (!passes_filters(number)) {
                require_refused(file_at(attack_syscall, number), number,
                                "a call of its own was made");
            }
        }
    });
}

// Goal: any call at all, by the instruction that serves the monitor.
POSTERN_TEST("attack.filter.runtimes_instruction", SHOWS(filter_holds_without_dispatch),
             TRIES(attack_6, attack_84)) {
    expect_good([] {
        for (uint64_t number = 0; number < 600; ++number) {
            if (!passes_filters(number)) {
                require_refused(file_at(runtime_syscall(), number), number,
                                "the runtime's instruction served");
            }
        }
    });
}

// Goal: the word, bit by bit. No guess but the word itself is served, however near it comes.
POSTERN_TEST("attack.filter.words_that_are_nearly_right", SHOWS(call_word_stays_secret),
             TRIES(attack_105)) {
    expect_good([] {
        for (unsigned bit = 0; bit < 64; ++bit) {
            RegisterFile file = file_at(runtime_syscall(), __NR_getppid);
            file.r9 = call_word() ^ (uint64_t{1} << bit);
            require_refused(file, __NR_getppid, "a wrong word was taken");
            file = returning_file(restorers_syscall());
            file.rdi = call_word() ^ (uint64_t{1} << bit);
            require_refused(file, __NR_rt_sigreturn, "a wrong word was taken");
        }
        RegisterFile file = file_at(runtime_syscall(), __NR_getppid);
        file.rdi = file.rsi = file.rdx = file.r10 = file.r8 = call_word(); // not where it is due
        require_refused(file, __NR_getppid, "the word was taken from another register");
    });
}

// Goal: every key open, by a frame that the kernel takes back.
POSTERN_TEST("attack.filter.forged_sigreturn", SHOWS(filter_holds_without_dispatch),
             TRIES(attack_4)) {
    expect_good([] {
        attack::set_canaries();
        const char *const places[] = {attack_syscall, runtime_syscall(), restorers_syscall(),
                                      __restore_rt};
        for (const char *place : places) {
            require_refused(returning_file(place), __NR_rt_sigreturn, "a forged frame was taken");
        }
        RegisterFile file = returning_file(runtime_syscall());
        file.r9 = call_word();
        require_refused(file, __NR_rt_sigreturn, "the runtime's other instruction took it");
        require(attack::canaries_intact(), "something has changed");
    });
}

POSTERN_TEST("attack.filter.thirty_two_bit_instruction", SHOWS(filter_holds_without_dispatch),
             TRIES(attack_22)) {
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

// Even to who knows the word, the restorer's instruction is for one call.
POSTERN_TEST("attack.filter.restorers_instruction_serves_one_call",
             SHOWS(filter_holds_without_dispatch), TRIES(attack_84)) {
    expect_good([] {
        for (uint64_t number = 0; number < 600; ++number) {
            RegisterFile file = file_at(restorers_syscall(), number);
            file.rdi = file.r9 = call_word();
            if (number != __NR_rt_sigreturn && !passes_filters(number)) {
                require_refused(file, number, "the restorer's instruction served");
            }
        }
    });
}

// Goal: a page of the monitor's wiped, or text made writable, by who knows the word.
POSTERN_TEST("attack.filter.memory_map_of_the_image",
             SHOWS(filter_holds_without_dispatch, no_way_to_the_memory_map),
             TRIES(attack_15, attack_80)) {
    expect_good([] {
        attack::set_canaries();
        RegisterFile file = told_file(__NR_madvise);
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

POSTERN_TEST("attack.filter.new_code_and_other_programs", SHOWS(filter_holds_without_dispatch),
             TRIES(attack_13, attack_14, attack_20, attack_35, attack_45)) {
    expect_good([] {
        RegisterFile file = told_file(__NR_mmap);
        file.rdi = 0;
        file.rsi = POSTERN_PAGE;
        file.rdx = 7;
        file.r10 = 0x22;
        require_refused(file, __NR_mmap, "executable memory was mapped");
        const uint64_t numbers[] = {__NR_execve,        __NR_execveat,     __NR_ptrace,
                                    __NR_seccomp,       __NR_rt_sigreturn, __NR_userfaultfd,
                                    __NR_io_uring_setup};
        for (const uint64_t number : numbers) {
            require_refused(told_file(number), number, "a given up call was made");
        }
    });
}

// Goal: to be somebody else, to see other files, to end other processes: by who knows the word.
POSTERN_TEST("attack.filter.credentials_mounts_and_signals", SHOWS(filter_holds_without_dispatch),
             TRIES(attack_103, attack_104)) {
    expect_good([] {
        const uint64_t numbers[] = {
            __NR_setuid,           __NR_setgroups, __NR_setresuid,       __NR_setresgid,
            __NR_capset,           __NR_mount,     __NR_umount2,         __NR_pivot_root,
            __NR_chroot,           __NR_unshare,   __NR_setns,           __NR_open_tree,
            __NR_move_mount,       __NR_tkill,     __NR_rt_sigqueueinfo, __NR_rt_tgsigqueueinfo,
            __NR_pidfd_send_signal};
        for (const uint64_t number : numbers) {
            require_refused(told_file(number), number, "a given up call was made");
        }
        const uint64_t many[] = {0, ~uint64_t{0}, 0xfffffffe};
        for (const uint64_t processes : many) {
            RegisterFile file = told_file(__NR_kill);
            file.rdi = processes;
            file.rsi = 0;
            require_refused(file, __NR_kill, "a signal went to more than one process");
        }
    });
}

// Goal: a page of the monitor's that the kernel sends later.
POSTERN_TEST("attack.filter.zero_copy_send", SHOWS(filter_holds_without_dispatch),
             TRIES(attack_41)) {
    expect_good([] {
        constexpr uint64_t msg_zerocopy = 0x4000000;
        RegisterFile file = told_file(__NR_sendto);
        file.r10 = msg_zerocopy;
        file.r8 = 0;
        require_refused(file, __NR_sendto, "a zero-copy send was made");
        file.rax = __NR_sendmsg;
        file.rdx = msg_zerocopy;
        require_refused(file, __NR_sendmsg, "a zero-copy send was made");
        file.rax = __NR_sendmmsg;
        require_refused(file, __NR_sendmmsg, "a zero-copy send was made");
    });
}

// Goal: pages that the kernel fills later, whatever their key is then; the machine's network.
POSTERN_TEST("attack.filter.sockets_of_other_families", SHOWS(filter_holds_without_dispatch),
             TRIES(attack_122)) {
    expect_good([] {
        for (uint64_t family = 0; family < 64; ++family) {
            RegisterFile file = told_file(__NR_socket);
            file.rdi = family;
            file.rsi = 3; // SOCK_RAW
            file.rdx = 0;
            if (family != 1 && family != 2 && family != 10) {
                require_refused(file, __NR_socket, "a socket of another family was made");
                file.rax = __NR_socketpair;
                require_refused(file, __NR_socketpair, "sockets of another family were made");
            }
        }
    });
}

// Dispatch does not see the vsyscall page; the filter does, where the kernel has that page.
POSTERN_TEST("attack.filter.vsyscall_page", SHOWS(filter_holds_without_dispatch),
             TRIES(attack_23)) {
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
