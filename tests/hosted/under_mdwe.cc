/// Runs a program that inherits PR_SET_MDWE, as a service manager may start it: the kernel makes
/// nothing executable that is or was writable.
///
///   under_mdwe PROGRAM ARGUMENT...
///
/// Exits with 77, a skip, where the kernel has no such thing.
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <sys/prctl.h>
#include <unistd.h>

int main(int count, char **words) {
    if (count < 2) {
        std::fprintf(stderr, "usage: under_mdwe PROGRAM ARGUMENT...\n");
        return 2;
    }
    constexpr int set_mdwe = 65, refuse_exec_gain = 1; // [linux prctl.h v6.3]
    if (prctl(set_mdwe, refuse_exec_gain, 0, 0, 0) != 0) {
        std::fprintf(stderr, "under_mdwe: PR_SET_MDWE: %s; Linux 6.3 has it\n",
                     std::strerror(errno));
        return errno == EINVAL ? 77 : 1;
    }
    execv(words[1], words + 1);
    std::fprintf(stderr, "under_mdwe: %s: %s\n", words[1], std::strerror(errno));
    return 1;
}
