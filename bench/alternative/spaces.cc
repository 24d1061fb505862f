/// What do domains with processes of their own cost, beside what the kernel does for any process?
#include <sys/ptrace.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <memory>

#include "bench/alternative/handler.h"
#include "bench/alternative/image.h"
#include "bench/alternative/peer.h"
#include "bench/alternative/ping_pong.h"
#include "bench/alternative/ticks.h"

namespace alternative {

namespace {

using Prepare = Measure (*)();

Measure prepare_word(const std::string &word) {
    return prepare_asked({"bench/bench_spaces", Isolation::spaces}, word);
}

Measure prepare_spinning(const std::string &word) {
    const OnBoth both; // for the process that is started
    return prepare_asked({"bench/bench_spaces_spin", Isolation::spaces}, word);
}

Measure bare_spin() {
    return prepare_spin(second_processor());
}

Measure bare_yield() {
    return prepare_yield(home_processor());
}

Measure bare_futex() {
    return prepare_futex(home_processor());
}

Measure bare_pipe() {
    return prepare_pipe(home_processor());
}

/// Both in turn.
template <Prepare one, Prepare other>
Measure together() {
    return [first = one(), then = other()](uint64_t loops) { return first(loops) + then(loops); };
}

/// A process that stops by itself, and that its tracer reads, writes and lets go on.
[[noreturn]] void stop_again_and_again() {
    ptrace(PTRACE_TRACEME, 0, nullptr, nullptr);
    raise(SIGSTOP);
    for (;;) {
        asm volatile("int3");
    }
}

void wait_for_stop(pid_t child) {
    int status = 0;
    must(waitpid(child, &status, 0) == child && WIFSTOPPED(status), "the stop of a traced child");
}

Measure prepare_ptrace(unsigned processor) {
    auto child = std::make_shared<Peer>(processor, stop_again_and_again);
    wait_for_stop(child->pid());
    return [child](uint64_t loops) {
        const uint64_t begin = ticks();
        for (uint64_t loop = 0; loop < loops; ++loop) {
            user_regs_struct registers;
            must(ptrace(PTRACE_CONT, child->pid(), nullptr, nullptr) == 0, "ptrace(PTRACE_CONT)");
            wait_for_stop(child->pid());
            must(ptrace(PTRACE_GETREGS, child->pid(), nullptr, &registers) == 0 &&
                     ptrace(PTRACE_SETREGS, child->pid(), nullptr, &registers) == 0,
                 "registers of a traced child");
        }
        return ticks() - begin;
    };
}

Measure bare_ptrace() {
    return prepare_ptrace(home_processor());
}

Measure bare_ptrace_on_two() {
    return prepare_ptrace(second_processor());
}

} // namespace

Rows space_rows() {
    Rows rows;
    std::string question;
    const auto add = [&](const std::string &name, const std::string &word,
                         const std::string &yardstick, std::function<Measure()> beside) {
        rows.push_back(
            {"space_" + name, question, yardstick, [=] { return prepare_word(word); }, beside});
    };
    const auto add_beside = [&](const std::string &word, const std::string &other) {
        add(word, word, other, [=] { return prepare_word(other); });
    };
    const auto add_spinning = [&](const std::string &word, const std::string &yardstick,
                                  std::function<Measure()> beside) {
        rows.push_back({"space_" + word + "_spin", question, yardstick,
                        [=] { return prepare_spinning(word); }, beside});
    };
    question = "What does a call of a domain with a process of its own cost, on one core?";
    add("call", "call", "bare yields", bare_yield);
    add("call_and_futex", "call", "bare futex", bare_futex);
    add("call_and_pipe", "call", "pipe", bare_pipe);
    add("call_asleep", "call_asleep", "bare futex", bare_futex);
    add("call_asleep_and_pipe", "call_asleep", "pipe", bare_pipe);
    add_beside("call_within", "call");
    add_beside("call_within_asleep", "call_asleep");
    add_beside("service", "call");
    add_beside("domain_to_domain", "call");
    question = "What do a fault and a system call of a domain with a process of its own cost?";
    add("fault", "fault", "SIGSEGV and bare yields", together<prepare_fault_jump, bare_yield>);
    add("refused", "refused", "SIGSYS and bare yields", together<prepare_sigsys_jump, bare_yield>);
    add("answered", "answered", "SIGSYS, its return and bare yields",
        together<prepare_sigsys_sigreturn, bare_yield>);
    question = "What do they cost where both sides spin, on two cores? (idle states: " +
               idle_states() + ")";
    add_spinning("call", "bare spins", bare_spin);
    add_spinning("call_within", "call, spinning", [] { return prepare_spinning("call"); });
    add_spinning("service", "call, spinning", [] { return prepare_spinning("call"); });
    add_spinning("fault", "SIGSEGV and bare spins", together<prepare_fault_jump, bare_spin>);
    add_spinning("refused", "SIGSYS and bare spins", together<prepare_sigsys_jump, bare_spin>);
    add_spinning("answered", "SIGSYS, its return and bare spins",
                 together<prepare_sigsys_sigreturn, bare_spin>);
    add_spinning("update_8", "update, spinning", [] { return prepare_spinning("update"); });
    add_spinning("update_64", "update, spinning", [] { return prepare_spinning("update"); });
    question = "What would ptrace cost instead: a stop, its registers read and written, and on?";
    for (const std::string word : {"call", "call_asleep", "call_within", "service",
                                   "domain_to_domain", "fault", "refused", "answered"}) {
        add(word + "_and_ptrace", word, "ptrace stop", bare_ptrace);
    }
    rows.push_back({"space_call_spin_and_ptrace", question, "ptrace stop on two cores",
                    [] { return prepare_spinning("call"); }, bare_ptrace_on_two});
    question = "What do 64 changes of a domain's memory cost, by lists of so many?";
    add_beside("update_8", "update");
    add_beside("update_64", "update");
    add_beside("update_8_asleep", "update_asleep");
    add_beside("update_64_asleep", "update_asleep");
    question = "What gains by a list: a birth beside one with an order for each of its calls, and "
               "faults of single pages beside changes one by one?";
    add_beside("birth", "birth_by_calls");
    add_beside("repaired_faults", "update");
    question = "What do a life and a death of a domain with a process of its own cost?";
    add("restart", "restart", "kill, wait and stores", [] { return prepare_word("restart_floor"); });
    for (const char *name : {"restart_and_call", "rested_restart_and_call"}) {
        add(name, name, "kill, wait and stores", [] { return prepare_word("restart_floor"); });
    }
    add("birth_and_fork", "birth", "fork, exit and wait", [] { return prepare_word("birth_floor"); });
    add("death", "death", "waitid on a pidfd", [] { return prepare_word("death_floor"); });
    return rows;
}

} // namespace alternative
