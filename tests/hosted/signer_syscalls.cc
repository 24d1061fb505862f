/// signer_syscalls IMAGE README: the system calls that a signer makes once its domains may run are
/// those that its README lists, no more and no fewer.
#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <map>
#include <set>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/user.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/hosted/signer_bench.h"

namespace hosted {

namespace {

using Names = std::set<std::string>;

/// Names for messages; others show as their number.
std::string name_of(unsigned long long number) {
    static const std::map<unsigned long long, std::string> names = {
        {SYS_read, "read"},
        {SYS_write, "write"},
        {SYS_close, "close"},
        {SYS_openat, "openat"},
        {SYS_statx, "statx"},
        {SYS_exit_group, "exit_group"},
        {SYS_mmap, "mmap"},
        {SYS_munmap, "munmap"},
        {SYS_rt_sigprocmask, "rt_sigprocmask"},
        {SYS_prctl, "prctl"},
        {SYS_getpid, "getpid"},
        {SYS_gettid, "gettid"},
        {SYS_tgkill, "tgkill"},
        {SYS_mprotect, "mprotect"},
        {SYS_rt_sigreturn, "rt_sigreturn"},
        {SYS_writev, "writev"},
        {SYS_fstat, "fstat"},
        {SYS_pkey_mprotect, "pkey_mprotect"},
        {SYS_rt_sigaction, "rt_sigaction"},
        {SYS_sigaltstack, "sigaltstack"},
        {SYS_poll, "poll"},
        {SYS_timer_settime, "timer_settime"},
        {SYS_futex, "futex"},
        {SYS_sched_yield, "sched_yield"},
        {SYS_sched_setaffinity, "sched_setaffinity"},
        {SYS_getcpu, "getcpu"},
        {SYS_clock_gettime, "clock_gettime"},
        {SYS_kill, "kill"},
        {SYS_wait4, "wait4"},
        {SYS_waitid, "waitid"},
    };
    const auto found = names.find(number);
    return found != names.end() ? found->second : "number " + std::to_string(number);
}

/// A tracer's knowledge of a process.
struct Trace {
    Names before; // names of calls until the last wall stood, which is when main begins
    Names after;  // and from then on
    bool mediated = false;
    int status = -1;
};

constexpr unsigned long long number_of_mseal = 462; // not in every kernel's headers

/// Whether this call puts dispatch or a filter in force.
bool mediates(const user_regs_struct &registers) {
    constexpr unsigned long long set_dispatch = 59; // PR_SET_SYSCALL_USER_DISPATCH
    const bool dispatches =
        registers.orig_rax == SYS_prctl && registers.rdi == set_dispatch && registers.rsi == 1;
    const bool filters = registers.orig_rax == SYS_seccomp && registers.rdi == 1;
    return (dispatches || filters) && registers.rax == 0;
}

/// Follows the child from call to call; each stops it twice, before and after.
Trace follow(pid_t child) {
    Trace trace;
    bool inside = false;
    int status = 0;
    waitpid(child, &status, 0);
    ptrace(PTRACE_SETOPTIONS, child, nullptr, PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL);
    for (long signal = 0;;) {
        ptrace(PTRACE_SYSCALL, child, nullptr, signal);
        waitpid(child, &status, 0);
        if (!WIFSTOPPED(status)) {
            trace.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
            return trace;
        }
        signal = WSTOPSIG(status);
        if (signal != (SIGTRAP | 0x80)) {
            continue; // a fault, say: the process gets it
        }
        signal = 0;
        inside = !inside;
        user_regs_struct registers{};
        ptrace(PTRACE_GETREGS, child, nullptr, &registers);
        if (inside && registers.orig_rax == number_of_mseal) {
            trace.before.merge(trace.after); // the start is not over before its last seal
            trace.after.clear();
            trace.before.insert("mseal");
        } else if (inside) {
            (trace.mediated ? trace.after : trace.before).insert(name_of(registers.orig_rax));
        } else if (mediates(registers)) {
            trace.mediated = true;
            trace.before.insert(trace.after.begin(), trace.after.end());
            trace.after.clear();
        }
    }
}

/// One of everything: good and bad requests, files of all kinds, a fault, a line that is too long.
std::string session(const Bench &bench) {
    std::string text =
        "sign hi\nsign empty\nverify " + hi_digest + " hi\nverify " + empty_digest +
        " hi\nsign nothing\nsign .\nsign /dev/zero\nsign a\tb\nnonsense\n\nverify 00 hi\n";
    text += "verify " + hi_digest + as_digits(bench.image.symbol("_ZN6signer5vault3keyE")) + " x\n";
    text += std::string(5000, 'x') + "\nlist\nsign hi";
    return text;
}

constexpr long session_answers = 17; // three of them by `list`

Trace trace_session(const Bench &bench, const std::string &input, const std::string &output) {
    const pid_t child = fork();
    if (child == 0) {
        if (std::freopen(input.c_str(), "r", stdin) == nullptr ||
            std::freopen(output.c_str(), "w", stdout) == nullptr ||
            std::freopen("/dev/null", "w", stderr) == nullptr) {
            _exit(126);
        }
        ptrace(PTRACE_TRACEME, 0, nullptr, nullptr);
        execl(bench.image.path().c_str(), bench.image.path().c_str(), "--key", "key", "--bug",
              nullptr);
        _exit(127);
    }
    return follow(child);
}

Names quoted_in(const std::string &line) {
    Names names;
    for (std::size_t begin = 0; (begin = line.find('`', begin)) != line.npos;) {
        const std::size_t end = line.find('`', begin + 1);
        names.insert(line.substr(begin + 1, end - begin - 1));
        begin = end == line.npos ? end : end + 1;
    }
    return names;
}

/// The names in backticks of the lines under "## System calls" that begin with one.
struct Listed {
    Names always; // those after "with keys", and after "before Linux 6.12", only there
    Names rarely; // of lines that say "where": each is made or not. "in address spaces": only there
};

Listed listed_in(const std::string &path, bool old_kernel) {
    Listed listed;
    std::ifstream readme(path);
    bool inside = false;
    for (std::string line; std::getline(readme, line);) {
        inside = line.starts_with("#") ? line == "## System calls" : inside;
        if (!inside || !line.starts_with('`')) {
            continue;
        }
        if (line.find(" where ") != line.npos) {
            if ((line.find("in address spaces") != line.npos) == in_spaces()) {
                listed.rarely.merge(quoted_in(line));
            }
            continue;
        }
        if (in_spaces()) {
            line.resize(std::min(line.size(), line.find("with keys")));
        } else if (!old_kernel) {
            line.resize(std::min(line.size(), line.find("before Linux 6.12")));
        }
        listed.always.merge(quoted_in(line));
    }
    return listed;
}

bool is_old_kernel() {
    utsname system{};
    uname(&system);
    int major = 0, minor = 0;
    std::sscanf(system.release, "%d.%d", &major, &minor);
    return major < 6 || (major == 6 && minor < 12);
}

std::string joined(const Names &names) {
    std::string all;
    for (const auto &name : names) {
        all += (all.empty() ? "" : " ") + name;
    }
    return all;
}

void check(Bench &bench, const std::string &readme) {
    const Listed listed = listed_in(readme, is_old_kernel());
    write_file("requests", session(bench));
    // hosted.signer.system_calls shows signer_system_calls
    bench.report.begin("hosted.signer.system_calls");
    const Trace trace = trace_session(bench, "requests", "answers");
    std::ifstream answers("answers");
    long lines = 0;
    for (std::string line; std::getline(answers, line);) {
        ++lines;
    }
    bench.report.expect(trace.mediated,
                        "it never took them from its domains, or nothing could be traced");
    bench.report.expect(trace.status == 1, "exit status " + std::to_string(trace.status));
    bench.report.expect_equal(std::to_string(lines) + " answers",
                              std::to_string(session_answers) + " answers");
    bench.report.expect(trace.before.contains("rt_sigaction"),
                        "the trace saw nothing of the start");
    bench.report.expect(!listed.always.empty(), "the README lists no system calls");
    Names made = trace.after;
    std::erase_if(made, [&](const auto &name) { return listed.rarely.contains(name); });
    bench.report.expect_equal(joined(made), joined(listed.always));
    std::printf("after its start: %s\n", joined(trace.after).c_str());
}

} // namespace

} // namespace hosted

int main(int count, char **words) {
    if (count != 3) {
        std::fprintf(stderr, "usage: signer_syscalls SIGNER_IMAGE README\n");
        return 2;
    }
    const std::string readme = std::string(realpath(words[2], nullptr));
    hosted::Bench bench(words[1]);
    hosted::check(bench, readme);
    return bench.report.close();
}
