/// System calls on child processes.
#include "rt/sys/child.h"

#include <asm/unistd.h>
#include <linux/fcntl.h>
#include <linux/signal.h>
#include <linux/wait.h>

#include "rt/sys/call.h"
#include "rt/sys/process.h"

namespace rt::sys {

using base::Done;
using base::Errno;
using base::Result;

namespace {

/// The three descriptors of a program, by the numbers that they shall have.
constexpr int standard_count = 3;

/// The child's system calls. The first one that fails decides what is reported to the parent.
class Steps {
public:
    /// The kernel's answer.
    long take(long answer) {
        if (good() && answer < 0) {
            error_ = static_cast<int>(-answer);
        }
        return answer;
    }
    bool good() const { return error_ == 0; }
    int error() const { return error_; }

private:
    int error_ = 0;
};

/// Moves the descriptors to 0, 1, 2, by way of higher numbers: each may be at the place of another.
void place_descriptors(const Program &program, Steps &steps) {
    const Descriptor from[standard_count] = {program.input, program.output, program.error};
    long aside[standard_count];
    for (int number = 0; number < standard_count; ++number) {
        aside[number] =
            steps.take(call_raw(__NR_fcntl, from[number], F_DUPFD_CLOEXEC, standard_count));
    }
    for (int number = 0; steps.good() && number < standard_count; ++number) {
        steps.take(call_raw(__NR_dup2, aside[number], number)); // without close-on-exec
    }
}

/// Closes all descriptors but the three and `answer`, also those that this process was started
/// with. [close_range(2)]
void close_others(Descriptor answer, Steps &steps) {
    const auto kept = static_cast<unsigned>(answer); // above the three
    if (kept != standard_count) {
        steps.take(call_raw(__NR_close_range, standard_count, kept - 1, 0));
    }
    steps.take(call_raw(__NR_close_range, kept + 1, ~0u, 0));
}

void become_user(uint32_t user, Steps &steps) {
    steps.take(call_raw(__NR_setgroups, 0, 0));
    steps.take(call_raw(__NR_setresgid, user, user, user));
    steps.take(call_raw(__NR_setresuid, user, user, user));
}

/// The child's half. It runs on a copy of the monitor's stack under the monitor's view, because
/// fork keeps both. Fork ends dispatch, so no domain may run here, and only system calls are made.
/// Returns only if it could not become the program, with the errno. [linux fork.c v6.12]
int become(const Program &program, Descriptor answer) {
    Steps steps;
    call_raw(__NR_setsid);
    place_descriptors(program, steps);
    close_others(answer, steps);
    if (steps.good() && program.folder != nullptr) {
        steps.take(call_raw(__NR_chdir, program.folder));
    }
    if (steps.good() && program.user != 0) {
        become_user(program.user, steps);
    }
    if (steps.good()) {
        // Ignored signals stay ignored across exec, handlers do not [execve(2)]; the runtime
        // ignores these.
        static_cast<void>(set_default(Signal::pipe));
        static_cast<void>(set_default(Signal::file_size));
        static_cast<void>(set_blocked({}));
        steps.take(call_raw(__NR_execve, program.path, program.arguments, program.environment));
    }
    return steps.error();
}

Result<Ended> wait(long process, long options) {
    Ended ended{};
    for (;;) {
        const auto who = result_of<Process>(call_raw(__NR_wait4, process, &ended.status, options));
        if (who) {
            ended.process = who.value();
            return ended;
        }
        if (!is_to_go_on(who)) {
            return who.error();
        }
    }
}

/// Collects a child that is about to end.
void collect(Process child) {
    auto ended = wait(static_cast<long>(child), 0);
    while (!ended && ended.error() == Errno::interrupted) { // a deadline has passed
        ended = wait(static_cast<long>(child), 0);
    }
}

/// Waits for the child's answer: an errno, or nothing if exec has closed the other end.
Result<Process> answer_of(Process child, Descriptor answer) {
    int error = 0;
    auto got = read(answer, &error, sizeof error);
    while (!got && got.error() == Errno::interrupted) { // past a deadline, too: the child exists
        got = read(answer, &error, sizeof error);
    }
    if (got && got.value() == 0) {
        return child;
    }
    collect(child);
    return got ? static_cast<Errno>(error) : got.error();
}

/// Forks, with `answer` for the child's answer to write into and `reader` to read it from.
Result<Process> start(const Program &program, Descriptor reader, Descriptor answer) {
    const auto child = result_of<Process>(call_raw(__NR_clone, Signal::child));
    if (child && static_cast<int>(child.value()) == 0) {
        const int error = become(program, answer);
        static_cast<void>(write_all(answer, &error, sizeof error));
        exit(127);
    }
    static_cast<void>(close(answer));
    return child ? answer_of(child.value(), reader) : child;
}

} // namespace

Result<Process> spawn(const Program &program) {
    if (!may_execute()) {
        return Errno::not_permitted;
    }
    Descriptor ends[2];
    const auto piped = result_of<Done>(call_raw(__NR_pipe2, ends, O_CLOEXEC));
    if (!piped) {
        return piped.error();
    }
    // Out of the way of 0, 1 and 2, should this process have been started without them.
    const auto moved =
        result_of<Descriptor>(call_raw(__NR_fcntl, ends[1], F_DUPFD_CLOEXEC, standard_count));
    static_cast<void>(close(ends[1]));
    const Result<Process> started = moved ? start(program, ends[0], moved.value()) : moved.error();
    static_cast<void>(close(ends[0]));
    return started;
}

Result<Ended> wait_for(Process process) {
    return wait(static_cast<long>(process), 0);
}

bool has_ended(Process process) {
    siginfo_t ended{};
    const long answer = call_raw(__NR_waitid, P_PID, process, &ended,
                                 WEXITED | WNOHANG | WNOWAIT | __WALL);
    return answer == 0 && ended.si_pid != 0;
}

void end_child(Process process) {
    static_cast<void>(send(process, Signal::kill));
    auto ended = wait(static_cast<long>(process), __WALL);
    while (!ended && ended.error() == Errno::interrupted) { // past a deadline, too
        ended = wait(static_cast<long>(process), __WALL);
    }
}

Result<Ended> next_ended() {
    const auto ended = wait(-1, WNOHANG);
    if (ended && static_cast<int>(ended.value().process) == 0) {
        return Errno::try_again;
    }
    return ended;
}

Result<Done> send(Process process, Signal signal) {
    return result_of<Done>(call_raw(__NR_kill, process, signal));
}

} // namespace rt::sys
