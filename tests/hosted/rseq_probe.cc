/// Why no libc may run under WD0: glibc registers an rseq area on key 0, and a kernel that writes
/// it at preemption, under the view it finds, kills the process. Without the area the same code
/// lives.
#include <sched.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/rseq.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>
#include <x86intrin.h>

#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

constexpr int skipped = 77;
constexpr int not_preempted = 3;
constexpr int wrong_registration = 4;

/// Runs for `ticks` of the time stamp counter with key 0 write-disabled, in registers alone: the
/// stack is on key 0. [sdm-2 RDPKRU, WRPKRU]
void spin_under_wd0(uint64_t ticks) {
    asm volatile(R"(
      rdtsc
      shlq $32, %%rdx
      orq %%rdx, %%rax
      addq %%rax, %[ticks]
      xorl %%ecx, %%ecx
      rdpkru
      movl %%eax, %%r8d
      orl $2, %%eax
      wrpkru
    0:
      rdtsc
      shlq $32, %%rdx
      orq %%rdx, %%rax
      cmpq %[ticks], %%rax
      jb 0b
      xorl %%ecx, %%ecx
      xorl %%edx, %%edx
      movl %%r8d, %%eax
      wrpkru
    )"
                 : [ticks] "+r"(ticks)
                 :
                 : "rax", "rcx", "rdx", "r8", "cc", "memory");
}

/// How often this process lost the processor to another one.
long preemptions() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_nivcsw;
}

/// Whether the kernel has an rseq area of this thread: a second one is refused then. [linux rseq.c
/// v6.12]
bool rseq_registered() {
    alignas(32) static struct rseq other {};
    constexpr int unregister = 1;
    if (syscall(SYS_rseq, &other, sizeof other, 0, RSEQ_SIG) != 0) {
        return errno == EINVAL;
    }
    syscall(SYS_rseq, &other, sizeof other, unregister, RSEQ_SIG);
    return false;
}

/// The victim: a program as glibc starts it. Goes WD0 for a while, again and again, until it has
/// been preempted often enough.
int be_victim(bool registered) {
    if (rseq_registered() != registered) {
        return wrong_registration;
    }
    constexpr long often = 20;
    const long before = preemptions();
    for (int turn = 0; turn < 2000 && preemptions() - before < often; ++turn) {
        spin_under_wd0(20'000'000);
    }
    return preemptions() - before >= often ? EXIT_SUCCESS : not_preempted;
}

/// How a victim ended, as wait(2) tells it.
int run_victim(const char *self, bool registered) {
    const pid_t child = fork();
    if (child == 0) {
        if (registered) {
            unsetenv("GLIBC_TUNABLES");
        } else {
            setenv("GLIBC_TUNABLES", "glibc.pthread.rseq=0", 1);
        }
        execl(self, self, registered ? "registered" : "unregistered", nullptr);
        _exit(127);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return status;
}

/// A competitor for the processor, and both confined to one.
pid_t start_hog() {
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(static_cast<unsigned>(sched_getcpu()), &one);
    sched_setaffinity(0, sizeof one, &one);
    const pid_t hog = fork();
    while (hog == 0) {
        __builtin_ia32_pause();
    }
    return hog;
}

/// Whether this kernel is newer than those known to write the area under the current view: a change
/// that opens key 0 for it was proposed after 6.18.
bool may_write_with_all_keys_open() {
    utsname name{};
    uname(&name);
    int major = 0;
    int minor = 0;
    return std::sscanf(name.release, "%d.%d", &major, &minor) != 2 || major > 6 ||
           (major == 6 && minor > 18);
}

const char *how(int status) {
    static char text[64];
    if (WIFSIGNALED(status)) {
        std::snprintf(text, sizeof text, "killed by signal %d", WTERMSIG(status));
    } else if (WEXITSTATUS(status) == not_preempted) {
        return "was never preempted";
    } else if (WEXITSTATUS(status) == wrong_registration) {
        return "has not the registration that it should have";
    } else {
        std::snprintf(text, sizeof text, "exit status %d", WEXITSTATUS(status));
    }
    return text;
}

} // namespace

int main(int count, char **arguments) {
    if (count == 2) {
        return be_victim(std::strcmp(arguments[1], "registered") == 0);
    }
    if (pkey_alloc(0, 0) < 0) {
        std::puts("skipped: this machine has no protection keys");
        return skipped;
    }
    const pid_t hog = start_hog();
    const int registered = run_victim(arguments[0], true);
    const int unregistered = run_victim(arguments[0], false);
    kill(hog, SIGKILL);
    waitpid(hog, nullptr, 0);

    const bool killed = WIFSIGNALED(registered) && WTERMSIG(registered) == SIGSEGV;
    std::printf("rseq registered, preempted under WD0: %s\n", how(registered));
    std::printf("no rseq, preempted under WD0: %s\n", how(unregistered));
    if (unregistered == 0 && registered == 0 && may_write_with_all_keys_open()) {
        std::puts("skipped: this kernel writes the area with key 0 open");
        return skipped;
    }
    return killed && unregistered == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
