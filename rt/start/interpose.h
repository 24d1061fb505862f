/// Taking system calls away from domains.
#pragma once

#include <stdint.h>

namespace rt::start {

/// The mechanism that makes a domain's system call a Fault{syscall}.
///   dispatch  Syscall User Dispatch: refuses every system call instruction while the selector is
///             closed, the runtime's own two included.
///   filter    a seccomp filter, if dispatch is refused (rt/KERNELS.md): refuses every system call
///             instruction except the runtime's own two, and those two without the call word
///             (rt/syscall/filter.h). The filter stays with every program that this one executes,
///             and ends it, because no other program makes its calls from these addresses.
///   nobody    neither: there is no dispatch, and no domain. So no filter forbids exec.
enum class Mediation : uint8_t { dispatch, filter, nobody };

/// Every system call of a domain becomes a trap from here on. The kernel's answer decides how:
/// dispatch that it grants works as documented on every kernel tried, and the tests attack it.
Mediation interpose_system_calls();

/// Tries dispatch on a system call of the runtime's own, for a report or a requirement. Ends the
/// program if the kernel serves the call.
void try_dispatch();

} // namespace rt::start
