/// System call filters.
#pragma once

#include <stddef.h>

#include "rt/base/result.h"

namespace rt::sys {

/// Whether the kernel has filters that trap. [seccomp(2) SECCOMP_GET_ACTION_AVAIL]
bool has_filters();

/// Puts the classic BPF program of `count` steps before every system call, for good and for every
/// program that this one executes. `ends_programs`: those programs could make no call under it. The
/// process must have given up gaining privileges. [seccomp(2)]
base::Result<base::Done> install_filter(const void *steps, size_t count, bool ends_programs);

} // namespace rt::sys
