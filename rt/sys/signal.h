/// System calls on signals.
#pragma once

#include <stdint.h>

#include "rt/base/region.h"
#include "rt/base/result.h"

struct sigaltstack; // the kernel's

namespace rt::sys {

/// Signals that the runtime handles or sends. [signal(7)]
enum class Signal : uint8_t {
    hangup = 1,
    interrupt = 2,
    quit = 3,
    illegal = 4,
    trap = 5,
    bus = 7,
    arithmetic = 8,
    kill = 9,
    user1 = 10,
    memory = 11,
    user2 = 12,
    pipe = 13,
    file_size = 25, // SIGXFSZ
    alarm = 14,
    terminate = 15,
    // SIGSTKFLT, the runtime's own: a process of rt/space has ended. A signal from 32 on would be
    // lost where too many wait already (RLIMIT_SIGPENDING). [linux signal.c v6.12]
    space = 16,
    child = 17,
    stop = 19,
    urgent = 23, // has code of a domain in a process of its own stop (rt/space)
    syscall = 31,
    deadline = 64, // the runtime's own (rt/trap/deadline.h)
};
inline constexpr unsigned signal_count = 64;

/// A set of signals; bit n-1 stands for signal n.
struct SignalSet {
    uint64_t bits = 0;
    constexpr SignalSet with(Signal signal) const {
        return {bits | uint64_t{1} << (static_cast<int>(signal) - 1)};
    }
    constexpr bool has(Signal signal) const {
        return (bits >> (static_cast<int>(signal) - 1) & 1) != 0;
    }
};

/// Signals that an instruction raises. They are never blocked: the kernel ends a program that
/// raises a blocked one. [linux signal.c v6.12, force_sig]
inline constexpr SignalSet synchronous_signals = SignalSet()
                                                     .with(Signal::illegal)
                                                     .with(Signal::trap)
                                                     .with(Signal::bus)
                                                     .with(Signal::arithmetic)
                                                     .with(Signal::memory)
                                                     .with(Signal::syscall);
inline constexpr SignalSet asynchronous_signals{~synchronous_signals.bits};

/// A handler's options: on the alternate stack; may interrupt itself.
struct HandlerOptions {
    bool on_alternate_stack;
    bool nestable;
    SignalSet mask; // blocked while the handler runs
};

/// `entry` is assembly: the kernel enters it with its own choice of PKRU and stack. Returning goes
/// through rt's restorer. [rt_sigaction(2)]
base::Result<base::Done> set_handler(Signal signal, const void *entry, HandlerOptions options);

/// Back to the kernel's default action.
base::Result<base::Done> set_default(Signal signal);

/// The kernel drops the signal.
base::Result<base::Done> set_ignored(Signal signal);

/// How often an armed alternate stack takes a frame. `always`: as often as signals come; if rsp is
/// on the stack, a frame is written below rsp. `once`: the kernel disarms the stack as it takes a
/// frame, which begins at the stack's end, whatever rsp is; rt_sigreturn arms it again.
/// [sigaltstack(2)]
enum class Arming : uint8_t { always, once };

/// Sets this thread's alternate stack.
base::Result<base::Done> set_alternate_stack(base::Region stack, Arming arming);

/// Writes into `description` the stack that rt_sigreturn is to arm.
void describe(::sigaltstack &description, base::Region stack, Arming arming);

/// Replaces this thread's set of blocked signals.
base::Result<base::Done> set_blocked(SignalSet blocked);

/// Gives the thread again the set that set_blocked made last, after a handler that does not return
/// through the restorer. A frame has that set, too, but in memory that a domain may reach.
base::Result<base::Done> restore_blocked();

/// Blocks exactly these until restore_blocked.
base::Result<base::Done> block(SignalSet blocked);

/// Sends `signal` to this thread.
base::Result<base::Done> raise(Signal signal);

} // namespace rt::sys

/// rt/trap/restore.S: the return path of every handler; named as debuggers know it.
extern "C" const char __restore_rt[];
