/// The calls that an app gives up when main begins, listed once more and by hand: the table of
/// rules is held against it.
#pragma once

#include <asm/unistd.h>
#include <stdint.h>

#include "linker/layout.h"

namespace given_up {

struct Call {
    int number;
    const char *name;
    uint64_t arguments[5];
};

inline constexpr uint64_t page = POSTERN_PAGE;
inline constexpr uint64_t elsewhere = 0x7f0000000000;
inline constexpr uint64_t none = ~uint64_t{0}; // no descriptor, no process, no address

#define CALL(name, ...)                                                                            \
    {                                                                                              \
        __NR_##name, #name, {                                                                      \
            __VA_ARGS__                                                                            \
        }                                                                                          \
    }

/// Arguments with which the kernel would refuse most of them, were it asked.
inline constexpr Call calls[] = {
    CALL(mmap, 0, page, 5, 0x22, none),
    CALL(mmap, 0, page, 4, 0x22, none),
    CALL(mmap, POSTERN_BASE, page, 1, 0x32, none),
    CALL(mmap, POSTERN_BASE, page, 1, 0x100022, none),
    CALL(mmap, POSTERN_BASE - page, 2 * page, 1, 0x32, none),
    CALL(mmap, elsewhere, uint64_t{1} << 46, 1, 0x32, none),
    CALL(mprotect, elsewhere, page, 4),
    CALL(mprotect, elsewhere, page, 7),
    CALL(mprotect, POSTERN_BASE, page, 1),
    CALL(munmap, POSTERN_BASE, page),
    CALL(munmap, 0x1000, uint64_t{1} << 46),
    CALL(brk, 0),
    CALL(rt_sigreturn, 0),
    CALL(mremap, POSTERN_BASE, page, page, 1),
    CALL(mremap, elsewhere, page, page, 3, POSTERN_BASE),
    CALL(madvise, POSTERN_BASE, page, 4),
    CALL(madvise, elsewhere, page, 9),
    CALL(madvise, elsewhere, page, 18),
    CALL(shmat, none),
    CALL(socket, 0, 1),
    CALL(socket, 3, 1),  // AF_AX25
    CALL(socket, 11, 1), // AF_ROSE
    CALL(socket, 16, 3), // AF_NETLINK
    CALL(socket, 17, 3), // AF_PACKET
    CALL(socket, 21, 5), // AF_RDS
    CALL(socket, 33, 1), // 1 in the lowest five bits
    CALL(socket, 38, 5), // AF_ALG
    CALL(socket, 40, 1), // AF_VSOCK
    CALL(socket, 44, 3), // AF_XDP
    CALL(socketpair, 16, 3),
    CALL(socketpair, 30, 1),             // AF_TIPC
    CALL(sendto, none, 0, 0, 0x4000000), // MSG_ZEROCOPY
    CALL(sendmsg, none, 0, 0x4000000),
    CALL(sendmmsg, none, 0, 0, 0x4000000),
    CALL(kill, 0),          // its process group
    CALL(kill, none),       // everyone
    CALL(kill, 0xffff8001), // another group
    CALL(tkill, none),
    CALL(rt_sigqueueinfo, none),
    CALL(rt_tgsigqueueinfo, none, none),
    CALL(pidfd_send_signal, none),
    CALL(setuid),
    CALL(setgid),
    CALL(setreuid),
    CALL(setregid),
    CALL(setgroups),
    CALL(setresuid),
    CALL(setresgid),
    CALL(setfsuid, none),
    CALL(setfsgid, none),
    CALL(capset),
    CALL(mount),
    CALL(umount2),
    CALL(pivot_root),
    CALL(chroot),
    CALL(unshare),
    CALL(setns, none),
    CALL(open_by_handle_at, none),
    CALL(open_tree, none),
    CALL(move_mount, none, 0, none),
    CALL(fsopen),
    CALL(fsconfig, none),
    CALL(fsmount, none),
    CALL(fspick, none),
    CALL(mount_setattr, none),
    CALL(clone, 0x200011),
    CALL(clone, 0x1000011),
    CALL(clone, 0x80011),
    CALL(fork),
    CALL(vfork),
    CALL(execve),
    CALL(execveat, none),
    CALL(ptrace, 16, none),
    CALL(personality, 0xffffffff),
    CALL(personality, 0x400000),
    CALL(modify_ldt, none),
    CALL(prctl, 4, 1),                      // PR_SET_DUMPABLE
    CALL(prctl, 22, 2),                     // PR_SET_SECCOMP
    CALL(prctl, 26, 2),                     // PR_SET_TSC
    CALL(prctl, 35, 1),                     // PR_SET_MM
    CALL(prctl, 59, 0),                     // dispatch off
    CALL(prctl, 59, 1, POSTERN_BASE, page), // dispatch with an exempt range
    CALL(prctl, 59, 1, 0, uint64_t{1} << 47),
    CALL(prctl, 59, 2, 0, 0),     // everything but the range runs free
    CALL(prctl, 65, 0),           // PR_SET_MDWE
    CALL(arch_prctl, 0x1001),     // ARCH_SET_GS
    CALL(arch_prctl, 0x1012, 0),  // ARCH_SET_CPUID
    CALL(arch_prctl, 0x1023, 18), // ARCH_REQ_XCOMP_PERM
    CALL(arch_prctl, 0x2003),     // ARCH_MAP_VDSO_64
    CALL(arch_prctl, 0x5001),     // ARCH_SHSTK_ENABLE
    CALL(iopl, 3),
    CALL(ioperm, 0, 1, 1),
    CALL(init_module),
    CALL(finit_module, none),
    CALL(set_thread_area),
    CALL(io_setup),
    CALL(io_submit),
    CALL(remap_file_pages, POSTERN_BASE, page),
    CALL(set_tid_address),
    CALL(kexec_load, 0, 0, 0, none),
    CALL(kexec_file_load, none),
    CALL(add_key),
    CALL(request_key),
    CALL(keyctl, none),
    CALL(set_robust_list),
    CALL(vmsplice, none),
    CALL(perf_event_open),
    CALL(process_vm_readv, none),
    CALL(process_vm_writev, none),
    CALL(kcmp, none),
    CALL(seccomp, none),
    CALL(bpf, none),
    CALL(userfaultfd, none),
    CALL(pkey_mprotect, POSTERN_BASE, page, 1, 0),
    CALL(pkey_mprotect, elsewhere, page, 5, 0),
    CALL(pkey_alloc, 0, 0),
    CALL(pkey_free, 15),
    CALL(rseq, 0, 0, none),
    CALL(io_uring_setup),
    CALL(io_uring_enter, none),
    CALL(io_uring_register, none),
    CALL(clone3),
    CALL(pidfd_getfd, none, none),
    CALL(process_madvise, none),
};

/// Neighbours of those, which an app needs.
inline constexpr Call left[] = {
    CALL(mmap, 0, page, 3, 0x22, none),
    CALL(mmap, elsewhere, page, 3, 0x32, none),
    CALL(mprotect, elsewhere, page, 3),
    CALL(pkey_mprotect, elsewhere, page, 3, 1),
    CALL(munmap, elsewhere, page),
    CALL(mremap, elsewhere, page, 2 * page, 1),
    CALL(madvise, elsewhere, page, 4),
    CALL(clone, 17),
    CALL(kill, 0x7fffffff),
    CALL(sendto, none, 0, 0, 0x4000), // MSG_NOSIGNAL
    CALL(recvfrom, none),
    CALL(socket, 1, none),
    CALL(socket, 2, none),
    CALL(socket, 10, none),
    CALL(socketpair, 1, none),
    CALL(bind, none),
    CALL(listen, none),
    CALL(accept4, none),
    CALL(connect, none),
    CALL(shutdown, none),
    CALL(getsockname, none),
    CALL(getpeername, none),
    CALL(getsockopt, none),
    CALL(setsockopt, none),
    CALL(epoll_create1, none),
    CALL(epoll_ctl, none),
    CALL(epoll_wait, none),
    CALL(getuid),
    CALL(prctl, 59, 1, 0, 0, POSTERN_BASE),
    CALL(arch_prctl, 0x1002, elsewhere),
    CALL(read),
    CALL(write),
    CALL(openat),
    CALL(rt_sigaction),
    CALL(rt_sigprocmask),
    CALL(sigaltstack),
    CALL(futex),
    CALL(tgkill),
    CALL(exit_group),
};

#undef CALL

/// Refused in programs that an app with MAY_EXEC executes, too.
inline constexpr int from_children[] = {
    __NR_ptrace,           __NR_modify_ldt,        __NR_iopl,           __NR_ioperm,
    __NR_add_key,          __NR_request_key,       __NR_keyctl,         __NR_perf_event_open,
    __NR_process_vm_readv, __NR_process_vm_writev, __NR_kcmp,           __NR_bpf,
    __NR_userfaultfd,      __NR_io_uring_setup,    __NR_io_uring_enter, __NR_io_uring_register,
    __NR_pidfd_getfd,      __NR_process_madvise,
};

} // namespace given_up
