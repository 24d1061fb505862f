/// One system call as one instruction, and the selector by which the kernel decides which calls it
/// performs.
#pragma once

#include <sys/prctl.h>
#include <sys/syscall.h>

#include "bench/alternative/row.h"

namespace alternative {

/// The selector that Syscall User Dispatch reads at each system call. [linux
/// syscall-user-dispatch.rst]
inline volatile uint8_t selector = 0;
inline constexpr uint8_t selector_allow = 0;
inline constexpr uint8_t selector_block = 1;

inline void arm_dispatch() {
    must(prctl(PR_SET_SYSCALL_USER_DISPATCH, PR_SYS_DISPATCH_ON, 0, 0, &selector) == 0,
         "prctl(PR_SET_SYSCALL_USER_DISPATCH)");
}

inline void disarm_dispatch() {
    selector = selector_allow;
    must(prctl(PR_SET_SYSCALL_USER_DISPATCH, PR_SYS_DISPATCH_OFF, 0, 0, 0) == 0,
         "prctl(PR_SYS_DISPATCH_OFF)");
}

/// The clobbers name every register that a signal handler changes if it does not return through the
/// kernel. Such a handler restores rax, rdx, rsi, rbx, rbp, rsp and r12 to r15.
inline long call_getppid() {
    long result = SYS_getppid;
    asm volatile("syscall"
                 : "+a"(result)
                 :
                 : "rcx", "rdi", "r8", "r9", "r10", "r11", "xmm0", "xmm1", "xmm2", "xmm3", "xmm4",
                   "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10", "xmm11", "xmm12", "xmm13",
                   "xmm14", "xmm15", "cc", "memory");
    return result;
}

} // namespace alternative
