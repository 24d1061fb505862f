/// What does a system call cost if a tracer stops it at entry and exit?
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <memory>

#include "bench/alternative/peer.h"
#include "bench/alternative/row.h"
#include "bench/alternative/system_call.h"
#include "bench/alternative/ticks.h"

namespace alternative {

namespace {

/// Lets the child run to its next stop.
void step(pid_t child) {
    int status = 0;
    must(ptrace(PTRACE_SYSCALL, child, nullptr, nullptr) == 0, "ptrace(PTRACE_SYSCALL)");
    must(waitpid(child, &status, 0) == child && WIFSTOPPED(status), "the stop of a traced child");
}

[[noreturn]] void be_traced() {
    ptrace(PTRACE_TRACEME, 0, nullptr, nullptr);
    raise(SIGSTOP);
    for (;;) {
        call_getppid();
    }
}

Measure prepare() {
    auto child = std::make_shared<Peer>(home_processor(), be_traced);
    int status = 0;
    must(waitpid(child->pid(), &status, WUNTRACED) == child->pid() && WIFSTOPPED(status),
         "the first stop of a traced child");
    // Goes on from the stop signal to the first entry.
    step(child->pid());
    step(child->pid());
    return [child](uint64_t loops) {
        const uint64_t begin = ticks();
        for (uint64_t loop = 0; loop < loops; ++loop) {
            step(child->pid());
            step(child->pid());
        }
        return ticks() - begin;
    };
}

} // namespace

Rows tracing_rows() {
    return {{"ptrace_stops", "What does getppid cost, mediated and refused?", "getppid", prepare,
             prepare_getppid}};
}

} // namespace alternative
