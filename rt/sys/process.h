/// System calls on the process as a whole.
#pragma once

#include <stdint.h>

#include "rt/base/result.h"

namespace rt::sys {

/// Ends all threads with `status`, 0 to 255.
[[noreturn]] void exit(int status);

/// This process.
int getpid();

/// The name of the program's file, at most 15 bytes of it, as the kernel has it; empty without
/// /proc. [proc(5) comm]
struct ProgramName {
    char text[16];
};
ProgramName program_name();

/// The version of the running kernel, for people. [uname(2)]
struct Release {
    char text[65];
};
Release kernel_release();

/// Catches the thread's system calls by SIGSYS whenever `*selector` is 1, wherever they come from.
/// EINVAL before Linux 5.11. [linux syscall-user-dispatch]
base::Result<base::Done> arm_dispatch(const volatile char *selector);

/// Neither this program nor one that it executes gains privileges by exec. [prctl(2)
/// PR_SET_NO_NEW_PRIVS]
base::Result<base::Done> refuse_new_privileges();

/// No core dump, and no other process of the same user may read this one or trace it; a program
/// that this one executes begins anew. [prctl(2) PR_SET_DUMPABLE]
base::Result<base::Done> refuse_dumps();

/// No core file, from this program or one that it executes. [setrlimit(2) RLIMIT_CORE]
base::Result<base::Done> refuse_core_files();

/// Of prctl, which has them in the kernel's headers from 6.3 on. [linux prctl.h v6.6]
inline constexpr long pr_set_mdwe = 65, pr_get_mdwe = 66, mdwe_refuse_exec_gain = 1;

/// Has the kernel refuse to make memory executable that is or was writable. EINVAL before Linux
/// 6.3. Without `inherited` it holds for this program alone: EINVAL before 6.6. [linux mdwe v6.6]
base::Result<base::Done> refuse_code_gain(bool inherited);

/// Whether the kernel refuses that already: in a program that has inherited it, for good. [prctl(2)
/// PR_GET_MDWE]
bool refuses_code_gain();

/// Whether programs can be executed: false under a filter that would end them (rt/syscall).
bool may_execute();

/// Lets at least this time pass, or less when the domain on whose behalf it waits has no time left
/// (rt/trap/deadline.h). [nanosleep(2)]
void sleep(uint64_t nanoseconds);

/// Nanoseconds since an arbitrary start, never going back. [clock_gettime(2) CLOCK_MONOTONIC]
uint64_t monotonic_nanoseconds();

} // namespace rt::sys
