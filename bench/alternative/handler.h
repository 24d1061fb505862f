/// Signal handlers of the rows: on an alternate stack, and with an end that does not involve the
/// kernel.
#pragma once

#include <ucontext.h>

#include <csignal>

#include "bench/alternative/row.h"

extern "C" [[noreturn]] void bench_resume(const gregset_t *registers);

namespace alternative {

using Handler = void(int, siginfo_t *, void *);

/// Sets an alternate stack of this thread; `flags` as for sigaltstack(2).
void set_alternate_stack(int flags);

/// Handles `signal` on the alternate stack.
void handle(int signal, Handler *handler, int more_flags);

/// A fault, and a system call that is not made, until the handler has jumped out, or returned.
Measure prepare_fault_jump();
Measure prepare_sigsys_jump();
Measure prepare_sigsys_sigreturn();

} // namespace alternative
