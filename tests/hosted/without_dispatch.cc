/// Runs a program on a kernel that refuses Syscall User Dispatch, whichever kernel this is.
///
///   without_dispatch ERRNO PROGRAM ARGUMENT...
///
/// ERRNO is what arming it answers: 22 (EINVAL) as before Linux 5.11, 1 (EPERM) as where it is
/// switched off. The program finds POSTERN_LAUNCHED in its environment.
#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/prctl.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace {

constexpr auto load(std::size_t offset) {
    return sock_filter{BPF_LD | BPF_W | BPF_ABS, 0, 0, static_cast<unsigned>(offset)};
}
constexpr auto unless(unsigned number, unsigned char skipped) {
    return sock_filter{BPF_JMP | BPF_JEQ | BPF_K, 0, skipped, number};
}

bool refuse_dispatch(unsigned error) {
    sock_filter steps[] = {
        load(offsetof(seccomp_data, nr)),
        unless(SYS_prctl, 3),
        load(offsetof(seccomp_data, args)),
        unless(PR_SET_SYSCALL_USER_DISPATCH, 1),
        {BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ERRNO | error},
        {BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW},
    };
    const sock_fprog program{sizeof steps / sizeof steps[0], steps};
    // As root no_new_privs is not needed, and the program is to set it by itself.
    return (geteuid() == 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0) &&
           syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0;
}

} // namespace

int main(int count, char **words) {
    const int error = count < 3 ? 0 : std::atoi(words[1]);
    if (error <= 0) {
        std::fprintf(stderr, "usage: without_dispatch ERRNO PROGRAM ARGUMENT...\n");
        return 2;
    }
    if (!refuse_dispatch(static_cast<unsigned>(error))) {
        std::fprintf(stderr, "without_dispatch: seccomp: %s\n", std::strerror(errno));
        return 1;
    }
    setenv("POSTERN_LAUNCHED", "1", 1);
    execv(words[2], words + 2);
    std::fprintf(stderr, "without_dispatch: %s: %s\n", words[2], std::strerror(errno));
    return 1;
}
