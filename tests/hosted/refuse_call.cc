/// Runs a program on a kernel that refuses one system call, by the size that it is given.
///
///   refuse_call NUMBER FROM TO ERRNO PROGRAM ARGUMENT...
///
/// Call NUMBER fails with ERRNO where the lower half of its second argument is at least FROM and
/// below TO: munmap of little and mseal of anything, for example.
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace {

constexpr auto load(std::size_t offset) {
    return sock_filter{BPF_LD | BPF_W | BPF_ABS, 0, 0, static_cast<unsigned>(offset)};
}
constexpr auto jump(unsigned short test, unsigned value, unsigned char yes, unsigned char no) {
    return sock_filter{static_cast<unsigned short>(BPF_JMP | test | BPF_K), yes, no, value};
}
constexpr auto answer(unsigned action) {
    return sock_filter{BPF_RET | BPF_K, 0, 0, action};
}

bool refuse(unsigned number, unsigned from, unsigned to, unsigned error) {
    std::array steps{
        load(offsetof(seccomp_data, nr)),
        jump(BPF_JEQ, number, 0, 4),
        load(offsetof(seccomp_data, args) + 8),
        jump(BPF_JGE, from, 0, 2),
        jump(BPF_JGE, to, 1, 0),
        answer(SECCOMP_RET_ERRNO | error),
        answer(SECCOMP_RET_ALLOW),
    };
    const sock_fprog program{steps.size(), steps.data()};
    // As root no_new_privs is not needed, and the program is to set it by itself.
    return (geteuid() == 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0) &&
           syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0;
}

unsigned number_in(const char *text) {
    return static_cast<unsigned>(std::strtoul(text, nullptr, 0));
}

} // namespace

int main(int count, char **words) {
    if (count < 6 || number_in(words[4]) == 0) {
        std::fprintf(stderr, "usage: refuse_call NUMBER FROM TO ERRNO PROGRAM ARGUMENT...\n");
        return 2;
    }
    if (!refuse(number_in(words[1]), number_in(words[2]), number_in(words[3]),
                number_in(words[4]))) {
        std::fprintf(stderr, "refuse_call: seccomp: %s\n", std::strerror(errno));
        return 1;
    }
    execv(words[5], words + 5);
    std::fprintf(stderr, "refuse_call: %s: %s\n", words[5], std::strerror(errno));
    return 1;
}
