/// What the process as a whole gives up at start, besides system calls.
#pragma once

#include <stdint.h>

#include "rt/syscall/install.h"

namespace rt::syscall {

/// What refuses to make writable memory executable, or executable memory writable.
///   for_good       the kernel (PR_SET_MDWE), for executed programs too
///   for_this_one   the kernel, for this program alone
///   not_by_kernel  an older kernel (rt/KERNELS.md)
enum class CodeGain : uint8_t { for_good, for_this_one, not_by_kernel };

/// Gives up, for good: gaining privileges by exec (no_new_privs), core dumps and being read by
/// other processes of the same user (dumpable 0, core size 0), and new code where the kernel can
/// refuse it. Programs executed later keep core size and new code, and images for tests of what is
/// refused keep new code. [prctl(2), linux mdwe v6.6]
CodeGain drop_privileges(SeccompMode mode);

} // namespace rt::syscall
