/// System calls on child processes: starting a program, waiting for its end, signals to it.
#pragma once

#include <stdint.h>

#include "rt/base/result.h"
#include "rt/sys/file.h"
#include "rt/sys/signal.h"

namespace rt::sys {

/// A process, as the kernel numbers it.
enum class Process : int {};

/// All processes but this one and, for others than process 1, those of strangers. [kill(2)]
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
/// and no descriptor but the three, whoever opened it. The kernel gives the new image the default
/// PKRU; an alternate stack and dispatch it does not inherit. The Errno of whatever refused (fork,
/// folder, user, exec) comes back here, and then there is no child; EPERM where a filter of system
/// calls would end it (may_execute): after `prepare` in every app with domains but MAY_EXEC ones,
/// and in all of them on a kernel without dispatch. It waits until the kernel has the program, past
/// a deadline, too: else nobody could say whether there is a child. [fork(2), execve(2)]
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

/// Waits until the child `process` ends. ECHILD if there is none; EINTR when a domain has no time
/// left on whose behalf it waits (rt/trap/deadline.h): the child runs on, and can be waited for
/// again. [wait4(2)]
base::Result<Ended> wait_for(Process process);

/// Some child that has ended, one that was left to process 1 for example, without waiting: EAGAIN
/// if all run on, ECHILD if there is none.
base::Result<Ended> next_ended();

/// Sends `signal` to `process`; from main on to one process alone, not to everyone, in apps with
/// domains but MAY_EXEC ones (rt/syscall/rules.h). [kill(2)]
base::Result<base::Done> send(Process process, Signal signal);

} // namespace rt::sys
