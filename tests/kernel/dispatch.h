/// Syscall User Dispatch of a child: from 5.11 on every system call raises SIGSYS, before it cannot
/// be had.
#pragma once

#include "tests/kernel/answers.h"
#include "tests/kernel/experiment.h"
#include "tests/kernel/version.h"

namespace kernel {

inline constexpr char selector_allow = 0;
inline constexpr char selector_block = 1;

/// [linux audit.h v6.12]
inline constexpr uint32_t arch_64_bit = 0xc000003e;
inline constexpr uint32_t arch_32_bit = 0x40000003;

inline bool has_dispatch() {
    return is_from(5, 11);
}

/// prctl(PR_SET_SYSCALL_USER_DISPATCH, ...): the kernel's answer.
long set_dispatch(long mode, uint64_t begin, uint64_t bytes, const volatile void *selector);

/// The selector of dispatched children: on a page of its own.
volatile char &selector();

/// Makes the selector's page with the given key, opens every key, arms dispatch, catches SIGSYS by
/// a handler that lets system calls pass from then on. Checks the documented answer; false where
/// there is none.
bool arm(int key = 0);

/// Runs an act with the selector at BLOCK under a PKRU of choice; what the act left in rax.
uint64_t strike_blocked(const void *act, long a, long b = 0, uint32_t pkru = 0);

/// Checks that the last act was dispatched, wholly, and was not served.
void check_dispatched(long number, uint32_t arch, const void *behind);

/// Checks that it raised no signal.
void check_not_dispatched();

} // namespace kernel
