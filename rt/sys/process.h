/// System calls on the process as a whole.
#pragma once

#include <stdint.h>

#include "rt/base/result.h"

namespace rt::sys {

/// Ends all threads with `status`, 0 to 255.
[[noreturn]] void exit(int status);

/// This process.
int getpid();

/// The version of the running kernel, for people. [uname(2)]
struct Release {
    char text[65];
};
Release kernel_release();

/// Catches the thread's system calls by SIGSYS whenever `*selector` is 1, wherever they come from.
/// EINVAL before Linux 5.11. [linux syscall-user-dispatch]
base::Result<base::Done> arm_dispatch(const volatile char *selector);

/// Leaves system calls to the runtime's own two `syscall` instructions, for good and for every
/// program that this one executes: rt/sys/site_filter.h. First gives up gaining privileges by exec,
/// which the kernel asks for. [seccomp(2)]
base::Result<base::Done> filter_by_site();

/// Whether programs that this one executes can make system calls: false behind filter_by_site.
bool may_execute();

/// Lets at least this time pass. [nanosleep(2)]
void sleep(uint64_t nanoseconds);

/// Nanoseconds since an arbitrary start, never going back. [clock_gettime(2) CLOCK_MONOTONIC]
uint64_t monotonic_nanoseconds();

} // namespace rt::sys
