/// Taking system calls away from domains.
#pragma once

#include <stdint.h>

namespace rt::start {

/// What makes a domain's system call a Fault{syscall}.
///   dispatch  Syscall User Dispatch: every system call instruction while the selector is closed,
///             the runtime's own two too.
///   filter    a seccomp filter, wherever dispatch is refused (rt/KERNELS.md): every
///             system call instruction but the runtime's own two, and those two for whoever does
///             not show the call word (rt/syscall/filter.h). The filter stays with every program
///             that this one executes, and ends it: no other program makes its calls from these
///             addresses.
///   nobody    there is no dispatch, and no domain either: no filter stands in the way of exec.
enum class Mediation : uint8_t { dispatch, filter, nobody };

/// Every system call of a domain becomes a trap from here on. Decided by what the kernel answers:
/// dispatch that it grants works as documented on every kernel tried, and the tests attack it.
Mediation interpose_system_calls();

/// Tries dispatch on a system call of our own: for those who want to know, not at every start. Ends
/// the program where the kernel serves it.
void try_dispatch();

} // namespace rt::start
