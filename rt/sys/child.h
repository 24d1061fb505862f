/// System calls on child processes: starting a program, waiting for its end, signals to it.
#pragma once

#include <stdint.h>

#include "rt/base/result.h"
#include "rt/sys/file.h"
#include "rt/sys/signal.h"

namespace rt::sys {

/// A process, as the kernel numbers it.
enum class Process : int {};

/// All processes that this one may signal, except itself and process 1. [kill(2)]
constexpr auto everyone = static_cast<Process>(-1);

/// What to start and what it gets. All strings are null-terminated, both vectors end with null, all
/// in monitor memory; `arguments` begins with the program's name.
struct Program {
    const char *path;
    const char *const *arguments;
    const char *const *environment;
    const char *folder = nullptr; // its working folder; null: this process's
    Descriptor input = Descriptor::input;
    Descriptor output = Descriptor::output;
    Descriptor error = Descriptor::error;
    uint32_t user = 0; // its user and group, with no further groups; 0: this process's
};

/// Starts `program` in a session of its own, with no signal blocked, SIGPIPE as it was before rt,
/// and no open descriptor except the three. The kernel gives the new image the default PKRU, no
/// alternate stack and no dispatch.
///
/// A failed step (fork, folder, user, exec) returns its Errno here, and then there is no child.
/// EPERM if a system call filter would end the child (may_execute): that holds after `prepare` in
/// every app with domains that is not declared MAY_EXEC, and in every app with domains on a kernel
/// without dispatch. It waits until the kernel has the program, past a deadline, too; otherwise it
/// could not say whether there is a child. [fork(2), execve(2)]
base::Result<Process> spawn(const Program &program);

/// How a child ended.
struct Ended {
    Process process;
    int status; // as the kernel packs it [wait(2)]

    /// The signal that ended it; 0 when it exited.
    int signal() const { return status & 0x7f; }
    /// 0 to 255, when it exited.
    int exit_status() const { return status >> 8 & 0xff; }
};

/// Waits until the child `process` ends. ECHILD if there is none. EINTR when the domain on whose
/// behalf it waits has no time left (rt/trap/deadline.h): the child runs on, and can be waited for
/// again. [wait4(2)]
base::Result<Ended> wait_for(Process process);

/// Whether the child `process` has ended, whatever signal its end sends. It stays to be waited for.
/// False if there is no such child. [waitid(2) WNOWAIT]
bool has_ended(Process process);

/// Ends the child `process`, whatever it does and whatever signal its end sends, and waits until
/// nothing of it runs.
void end_child(Process process);

/// Some child that has ended, for example one that was left to process 1. It does not wait: EAGAIN
/// if all run on, ECHILD if there is none.
base::Result<Ended> next_ended();

/// Sends `signal` to `process`. In an app with domains that is not declared MAY_EXEC, only one
/// process can be named from main on, not everyone (rt/syscall/rules.h). [kill(2)]
base::Result<base::Done> send(Process process, Signal signal);

} // namespace rt::sys
