/// Handlers of the app's for asynchronous signals.
#pragma once

#include "rt/base/result.h"
#include "rt/sys/signal.h"

namespace rt::trap {

/// Runs in the monitor between any two instructions, of a domain or of the monitor's, on a stack of
/// its own (24 KiB), with all asynchronous signals blocked. What it interrupted goes on behind it
/// as if nothing had been. It may make system calls and reach domains' memory by uaccess; it may
/// not call a domain, nor change the set of blocked signals: either ends the program with a line
/// that says so. A line that it logs is written only if that needs no waiting, and else counted as
/// dropped (rt/sys/log.h). What it shares with other code must be one word, or written by one of
/// them alone.
using SignalHandler = void (*)(sys::Signal);

/// Makes `handler` that of `signal`; a null pointer takes it back and leaves the kernel's default,
/// or, for SIGPIPE, which the runtime ignores, nothing. EINVAL for signals that an instruction
/// raises, for SIGKILL and SIGSTOP, which nobody can handle, and for the runtime's own
/// (Signal::deadline).
///
/// A system call that a handler interrupts goes on: what the runtime offers asks the kernel again
/// where it answers EINTR. rt/sys/poll.h is the exception, whose callers want to know.
base::Result<base::Done> on_signal(sys::Signal signal, SignalHandler handler);

/// The handler of `signal`, or null.
SignalHandler handler_of(sys::Signal signal);

} // namespace rt::trap
