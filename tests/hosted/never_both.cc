/// Runs a program that may never ask the kernel for memory that is both writable and executable: it
/// gets EPERM. The case is passed when the program ends with 0.
///
///   never_both CASE PROGRAM ARGUMENT...
#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstring>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

constexpr auto load(std::size_t offset) {
    return sock_filter{BPF_LD | BPF_W | BPF_ABS, 0, 0, static_cast<unsigned>(offset)};
}
/// Goes on after `yes` or after `no` further steps.
constexpr auto if_equal(unsigned number, unsigned char yes, unsigned char no) {
    return sock_filter{BPF_JMP | BPF_JEQ | BPF_K, yes, no, number};
}

/// mmap, mprotect and pkey_mprotect all have the protection as their third argument.
bool refuse_both() {
    constexpr unsigned both = PROT_WRITE | PROT_EXEC;
    sock_filter steps[] = {
        load(offsetof(seccomp_data, nr)),
        if_equal(SYS_mmap, 2, 0),
        if_equal(SYS_mprotect, 1, 0),
        if_equal(SYS_pkey_mprotect, 0, 4),
        load(offsetof(seccomp_data, args) + 2 * sizeof(unsigned long)),
        {BPF_ALU | BPF_AND | BPF_K, 0, 0, both},
        if_equal(both, 0, 1),
        {BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ERRNO | EPERM},
        {BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW},
    };
    const sock_fprog program{sizeof steps / sizeof steps[0], steps};
    return (geteuid() == 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0) &&
           syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0;
}

/// Whether the filter does what it is for.
bool is_refused() {
    return mmap(nullptr, 1, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1,
                0) == MAP_FAILED &&
           mmap(nullptr, 1, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) !=
               MAP_FAILED;
}

} // namespace

int main(int count, char **words) {
    if (count < 3) {
        std::fprintf(stderr, "usage: never_both CASE PROGRAM ARGUMENT...\n");
        return 2;
    }
    if (!refuse_both() || !is_refused()) {
        std::fprintf(stderr, "never_both: no filter: %s\n", std::strerror(errno));
        return 1;
    }
    const pid_t child = fork();
    if (child == 0) {
        execv(words[2], words + 2);
        std::fprintf(stderr, "never_both: %s: %s\n", words[2], std::strerror(errno));
        _exit(127);
    }
    int status = -1;
    waitpid(child, &status, 0);
    std::printf("%s %s\n", status == 0 ? "passed" : "failed", words[1]);
    return status == 0 ? 0 : 1;
}
