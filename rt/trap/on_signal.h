/// The app's handlers for asynchronous signals.
#pragma once

#include "rt/base/result.h"
#include "rt/sys/signal.h"

namespace rt::trap {

/// Runs in the monitor between any two instructions, of a domain or of the monitor's, on a stack of
/// its own (24 KiB), with all asynchronous signals blocked. Afterwards the interrupted code goes on
/// as if nothing had happened. A handler may make system calls and reach domains' memory by
/// uaccess. It may not call a domain, nor change the set of blocked signals: either ends the
/// program with a line that says so. A line that it logs is written only if that needs no waiting;
/// otherwise it is counted as dropped (rt/sys/log.h). Data that it shares with other code must be
/// one word, or written by one of them alone.
using SignalHandler = void (*)(sys::Signal);

/// Makes `handler` that of `signal`. A null pointer takes it back and leaves the kernel's default;
/// SIGPIPE and SIGXFSZ, which the runtime ignores, are ignored again. EINVAL for signals that an
/// instruction raises, for SIGKILL and SIGSTOP, which no program can handle, and for the runtime's
/// own (Signal::deadline, Signal::space).
///
/// A system call that a handler interrupts goes on: the runtime's functions ask the kernel again
/// after EINTR. The exception is rt/sys/poll.h, whose callers want to know.
base::Result<base::Done> on_signal(sys::Signal signal, SignalHandler handler);

/// The last handler that `signal` was given, or null.
SignalHandler handler_of(sys::Signal signal);

} // namespace rt::trap
