/// The rules of the seccomp filter: which system calls the program gives up when main begins, and
/// why.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include <asm/unistd.h>

namespace rt::syscall {

/// One question about the arguments of a call. They are asked in order; the first that refuses
/// decides, and a call that none refuses is made.
struct Test {
    enum class Kind : uint8_t {
        none,       // the end of the questions
        any_bit,    // refuses where the low word of `argument` has any of these bits
        no_bit,     // refuses where it has none of them
        other_than, // refuses where `argument` is not `value`
        in_image,   // refuses where [argument, argument + argument `value`) may reach the image
        outside,    // refuses where `argument` is none of the numbers below 32 that `value` has as
                    // bits
        only_with,  // the questions after it are asked only if the low word has any of the bits
        always,     // refuses
    };
    Kind kind = Kind::none;
    uint8_t argument = 0;
    uint64_t value = 0;
};

constexpr Test always() {
    return {Test::Kind::always, 0, 0};
}
constexpr Test any_bit(uint8_t argument, uint64_t bits) {
    return {Test::Kind::any_bit, argument, bits};
}
constexpr Test no_bit(uint8_t argument, uint64_t bits) {
    return {Test::Kind::no_bit, argument, bits};
}
constexpr Test other_than(uint8_t argument, uint64_t value) {
    return {Test::Kind::other_than, argument, value};
}
constexpr Test outside(uint8_t argument, uint64_t numbers) {
    return {Test::Kind::outside, argument, numbers};
}
constexpr Test in_image(uint8_t address, uint8_t length) {
    return {Test::Kind::in_image, address, length};
}
constexpr Test only_with(uint8_t argument, uint64_t bits) {
    return {Test::Kind::only_with, argument, bits};
}

/// Whom a rule binds: this program alone, or also the programs that it executes. Container runtimes
/// refuse the latter calls, too. No program could do without the former.
enum class Reach : uint8_t { program, children };

struct Rule {
    uint16_t number;
    Reach reach;
    const char *name;
    const char *why; // what a domain that got this call served could do
    Test tests[4];
};

/// The rule for a call, by the kernel's name.
#define POSTERN_RULE(call, reach, why, ...)                                                        \
    Rule {                                                                                         \
        __NR_##call, Reach::reach, #call, why, __VA_ARGS__                                         \
    }

namespace why {

inline constexpr char exec[] =
    "another program in this one's place has neither dispatch nor this filter";
inline constexpr char code[] = "memory that is executable, or replaces the image";
inline constexpr char keys[] = "keys and pages are assigned at start, for good";
inline constexpr char memory[] = "it reads and writes memory past protection keys";
inline constexpr char pinned[] = "the kernel's own workers would read and write for it later";
inline constexpr char families[] =
    "another family's sockets have the kernel fill pages later, or change the machine's network";
inline constexpr char later[] = "the kernel would write there later, whatever the view is then";
inline constexpr char segments[] = "it moves the segment base through which gates find their words";
inline constexpr char rules[] = "it changes the rules themselves";
inline constexpr char kernel[] = "it changes the kernel under the program";
inline constexpr char child[] = "it makes a child with flags that no filter sees";
inline constexpr char frame[] = "a forged signal frame; only the restorer's site may";
inline constexpr char identity[] = "the identity of the program is fixed before main";
inline constexpr char names[] = "names would lead to other files and processes";
inline constexpr char others[] = "a signal that ends or misleads other processes";

} // namespace why

// [linux mman.h, sched.h, prctl.h v6.12]
inline constexpr uint64_t prot_exec = 4;
inline constexpr uint64_t map_fixed = 0x10 | 0x100000; // MAP_FIXED, MAP_FIXED_NOREPLACE
inline constexpr uint64_t mremap_fixed = 2;
inline constexpr uint64_t madv_dontneed = 4;
inline constexpr uint64_t clone_registrations =
    0x80000 | 0x200000 | 0x1000000; // SETTLS, CHILD_*TID
inline constexpr uint64_t pr_set_syscall_user_dispatch = 59;
inline constexpr uint64_t arch_set_fs = 0x1002;
inline constexpr uint64_t msg_zerocopy = 0x4000000;                    // [linux socket.h v6.12]
inline constexpr uint64_t socket_families = 1 << 1 | 1 << 2 | 1 << 10; // AF_UNIX, AF_INET, AF_INET6
inline constexpr uint64_t single_process = 0x7fffffff; // else 0 or negative: a group, or all
inline constexpr uint64_t many_processes = 0x80000000;

/// In ascending order of numbers, which the assembler relies on.
inline constexpr Rule rules[] = {
    POSTERN_RULE(mmap, program, why::code,
                 {any_bit(2, prot_exec), only_with(3, map_fixed), in_image(0, 1)}),
    POSTERN_RULE(mprotect, program, why::code, {any_bit(2, prot_exec), in_image(0, 1)}),
    POSTERN_RULE(munmap, program, why::code, {in_image(0, 1)}),
    POSTERN_RULE(brk, program, why::code, {always()}),
    POSTERN_RULE(rt_sigreturn, program, why::frame, {always()}),
    POSTERN_RULE(mremap, program, why::code,
                 {in_image(0, 1), only_with(3, mremap_fixed), in_image(4, 2)}),
    POSTERN_RULE(madvise, program, why::code, {other_than(2, madv_dontneed), in_image(0, 1)}),
    POSTERN_RULE(shmat, program, why::code, {always()}),
    POSTERN_RULE(socket, program, why::families, {outside(0, socket_families)}),
    POSTERN_RULE(sendto, program, why::pinned, {any_bit(3, msg_zerocopy)}),
    POSTERN_RULE(sendmsg, program, why::pinned, {any_bit(2, msg_zerocopy)}),
    POSTERN_RULE(socketpair, program, why::families, {outside(0, socket_families)}),
    POSTERN_RULE(clone, program, why::later, {any_bit(0, clone_registrations)}),
    POSTERN_RULE(fork, program, why::child, {always()}),
    POSTERN_RULE(vfork, program, why::child, {always()}),
    POSTERN_RULE(execve, program, why::exec, {always()}),
    POSTERN_RULE(kill, program, why::others,
                 {no_bit(0, single_process), any_bit(0, many_processes)}),
    POSTERN_RULE(ptrace, children, why::memory, {always()}),
    POSTERN_RULE(setuid, program, why::identity, {always()}),
    POSTERN_RULE(setgid, program, why::identity, {always()}),
    POSTERN_RULE(setreuid, program, why::identity, {always()}),
    POSTERN_RULE(setregid, program, why::identity, {always()}),
    POSTERN_RULE(setgroups, program, why::identity, {always()}),
    POSTERN_RULE(setresuid, program, why::identity, {always()}),
    POSTERN_RULE(setresgid, program, why::identity, {always()}),
    POSTERN_RULE(setfsuid, program, why::identity, {always()}),
    POSTERN_RULE(setfsgid, program, why::identity, {always()}),
    POSTERN_RULE(capset, program, why::identity, {always()}),
    POSTERN_RULE(rt_sigqueueinfo, program, why::others, {always()}),
    POSTERN_RULE(personality, program, why::code, {always()}),
    POSTERN_RULE(modify_ldt, children, why::segments, {always()}),
    POSTERN_RULE(pivot_root, program, why::names, {always()}),
    POSTERN_RULE(prctl, program, why::rules,
                 {other_than(0, pr_set_syscall_user_dispatch), other_than(1, 1), other_than(2, 0),
                  other_than(3, 0)}),
    POSTERN_RULE(arch_prctl, program, why::segments, {other_than(0, arch_set_fs)}),
    POSTERN_RULE(chroot, program, why::names, {always()}),
    POSTERN_RULE(mount, program, why::names, {always()}),
    POSTERN_RULE(umount2, program, why::names, {always()}),
    POSTERN_RULE(iopl, children, why::kernel, {always()}),
    POSTERN_RULE(ioperm, children, why::kernel, {always()}),
    POSTERN_RULE(init_module, program, why::kernel, {always()}),
    POSTERN_RULE(tkill, program, why::others, {always()}),
    POSTERN_RULE(set_thread_area, program, why::segments, {always()}),
    POSTERN_RULE(io_setup, program, why::pinned, {always()}),
    POSTERN_RULE(io_submit, program, why::pinned, {always()}),
    POSTERN_RULE(remap_file_pages, program, why::code, {always()}),
    POSTERN_RULE(set_tid_address, program, why::later, {always()}),
    POSTERN_RULE(kexec_load, program, why::kernel, {always()}),
    POSTERN_RULE(add_key, children, why::kernel, {always()}),
    POSTERN_RULE(request_key, children, why::kernel, {always()}),
    POSTERN_RULE(keyctl, children, why::kernel, {always()}),
    POSTERN_RULE(unshare, program, why::names, {always()}),
    POSTERN_RULE(set_robust_list, program, why::later, {always()}),
    POSTERN_RULE(vmsplice, program, why::pinned, {always()}),
    POSTERN_RULE(rt_tgsigqueueinfo, program, why::others, {always()}),
    POSTERN_RULE(perf_event_open, children, why::kernel, {always()}),
    POSTERN_RULE(open_by_handle_at, program, why::names, {always()}),
    POSTERN_RULE(sendmmsg, program, why::pinned, {any_bit(3, msg_zerocopy)}),
    POSTERN_RULE(setns, program, why::names, {always()}),
    POSTERN_RULE(process_vm_readv, children, why::memory, {always()}),
    POSTERN_RULE(process_vm_writev, children, why::memory, {always()}),
    POSTERN_RULE(kcmp, children, why::memory, {always()}),
    POSTERN_RULE(finit_module, program, why::kernel, {always()}),
    POSTERN_RULE(seccomp, program, why::rules, {always()}),
    POSTERN_RULE(kexec_file_load, program, why::kernel, {always()}),
    POSTERN_RULE(bpf, children, why::kernel, {always()}),
    POSTERN_RULE(execveat, program, why::exec, {always()}),
    POSTERN_RULE(userfaultfd, children, why::memory, {always()}),
    POSTERN_RULE(pkey_mprotect, program, why::keys, {any_bit(2, prot_exec), in_image(0, 1)}),
    POSTERN_RULE(pkey_alloc, program, why::keys, {always()}),
    POSTERN_RULE(pkey_free, program, why::keys, {always()}),
    POSTERN_RULE(rseq, program, why::later, {always()}),
    POSTERN_RULE(pidfd_send_signal, program, why::others, {always()}),
    POSTERN_RULE(io_uring_setup, children, why::pinned, {always()}),
    POSTERN_RULE(io_uring_enter, children, why::pinned, {always()}),
    POSTERN_RULE(io_uring_register, children, why::pinned, {always()}),
    POSTERN_RULE(open_tree, program, why::names, {always()}),
    POSTERN_RULE(move_mount, program, why::names, {always()}),
    POSTERN_RULE(fsopen, program, why::names, {always()}),
    POSTERN_RULE(fsconfig, program, why::names, {always()}),
    POSTERN_RULE(fsmount, program, why::names, {always()}),
    POSTERN_RULE(fspick, program, why::names, {always()}),
    POSTERN_RULE(clone3, program, why::child, {always()}),
    POSTERN_RULE(pidfd_getfd, children, why::memory, {always()}),
    POSTERN_RULE(process_madvise, children, why::memory, {always()}),
    POSTERN_RULE(mount_setattr, program, why::names, {always()}),
};
inline constexpr size_t rule_count = sizeof rules / sizeof rules[0];

#undef POSTERN_RULE

constexpr bool are_rules_in_order() {
    for (size_t i = 1; i < rule_count; ++i) {
        if (rules[i - 1].number >= rules[i].number) {
            return false;
        }
    }
    return true;
}
static_assert(are_rules_in_order(), "the assembler makes a tree of comparisons of them");

/// The rule for call `number`, or null: then it is made from its site.
constexpr const Rule *rule_of(uint64_t number) {
    for (const Rule &rule : rules) {
        if (rule.number == number) {
            return &rule;
        }
    }
    return nullptr;
}

/// Whether it is refused whatever its arguments are.
constexpr bool is_given_up(uint64_t number) {
    const Rule *rule = rule_of(number);
    return rule != nullptr && rule->tests[0].kind == Test::Kind::always;
}

} // namespace rt::syscall
