/// Putting the seccomp filter up.
#pragma once

#include <stdint.h>

#include "rt/base/result.h"

namespace rt::syscall {

/// What stands between a system call and the kernel behind dispatch, from main on.
///   strict    strict_filter
///   may_exec  inherited_filter: the app says MAY_EXEC (postern_add_app)
///   nobody    none: there is no domain
///   omitted   none: an image made for tests of what the filter refuses
///   missing   none: this kernel has no filters
enum class SeccompMode : uint8_t { strict, may_exec, nobody, omitted, missing };

/// Which one it will be, by the app's word and by what the kernel answers.
SeccompMode seccomp_mode();

/// Chooses the word that every system call of the monitor's shows the filters from then on, and
/// that no domain knows. Ends the program where the kernel gives no random bytes.
void choose_call_word();

/// Puts it up, for good. After it the process makes only the calls that rules.h leaves it. Ends the
/// program where the kernel refuses. The filter is built on the monitor's stack by the functions
/// that the checks at compile time have run.
void install_filter(SeccompMode mode);

/// The filter that stands in for dispatch: system calls from the runtime's two sites alone, and
/// only with the call word.
base::Result<base::Done> leave_calls_to_sites();

} // namespace rt::syscall
