/// Installing the seccomp filter.
#pragma once

#include <stdint.h>

#include "rt/base/result.h"
#include "rt/seal/seal.h"

namespace rt::syscall {

/// The seccomp filter that sees each system call after dispatch, from main on.
///   strict    strict_filter
///   may_exec  inherited_filter: the app says MAY_EXEC (postern_add_app)
///   nobody    none: there is no domain
///   omitted   none: an image made for tests of what the filter refuses
///   missing   none: this kernel has no filters
enum class SeccompMode : uint8_t { strict, may_exec, nobody, omitted, missing };

/// Which filter is installed, by the app's options and by the kernel's answer.
SeccompMode seccomp_mode();

/// Chooses the call word, which every system call of the monitor shows the filters from then on,
/// and which no domain knows. Ends the program if the kernel gives no random bytes.
void choose_call_word();

/// Installs the filter, for good. Where the kernel seals, it leaves the discards that restarts make
/// of the ends of heaps. After it the process makes only the calls that rules.h leaves it. Ends the
/// program if the kernel refuses the filter. The filter is built on the monitor's stack, by the
/// functions that the checks at compile time have run.
void install_filter(SeccompMode mode, seal::Provider provider);

/// Installs the filter that replaces dispatch: system calls from the runtime's two sites alone, and
/// only with the call word.
base::Result<base::Done> leave_calls_to_sites();

} // namespace rt::syscall
