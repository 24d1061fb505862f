/// What does it cost to contain a fault in a process of its own: fork, crash, wait?
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstring>

#include "bench/alternative/row.h"
#include "bench/alternative/ticks.h"

namespace alternative {

namespace {

[[noreturn]] void crash() {
    asm volatile("movb $0, 0");
    __builtin_unreachable();
}

uint64_t crash_loop(uint64_t loops) {
    const uint64_t begin = ticks();
    for (uint64_t loop = 0; loop < loops; ++loop) {
        const pid_t child = fork();
        if (child == 0) {
            crash();
        }
        int status = 0;
        must(child > 0 && waitpid(child, &status, 0) == child, "fork and waitpid");
        must(WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV, "a child that crashes");
    }
    return ticks() - begin;
}

/// `touched`: bytes of private memory of the process, in addition to its program.
Measure prepare(size_t touched) {
    prctl(PR_SET_DUMPABLE, 0); // no core file, whatever the core pattern of the system
    if (touched > 0) {
        void *memory =
            mmap(nullptr, touched, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        must(memory != MAP_FAILED, "mmap");
        std::memset(memory, 1, touched);
    }
    return crash_loop;
}

} // namespace

Rows crash_rows() {
    const std::string question = "What does a fault cost until the caller holds it?";
    return {
        {"fork_crash_wait", question, "getppid", [] { return prepare(0); }, prepare_getppid},
        {"fork_crash_wait_16_mib", question, "getppid", [] { return prepare(size_t{16} << 20); },
         prepare_getppid},
    };
}

} // namespace alternative
