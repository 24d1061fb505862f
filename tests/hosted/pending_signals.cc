/// Runs a program whose user may have few signals pending.
///
///   pending_signals COUNT PROGRAM ARGUMENT...
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <sys/resource.h>
#include <unistd.h>

int main(int count, char **words) {
    if (count < 3) {
        std::fprintf(stderr, "usage: pending_signals COUNT PROGRAM ARGUMENT...\n");
        return 2;
    }
    const rlim_t most = std::strtoul(words[1], nullptr, 10);
    const rlimit limit{most, most};
    if (setrlimit(RLIMIT_SIGPENDING, &limit) != 0) {
        std::fprintf(stderr, "pending_signals: setrlimit: %s\n", std::strerror(errno));
        return 1;
    }
    execv(words[2], words + 2);
    std::fprintf(stderr, "pending_signals: %s: %s\n", words[2], std::strerror(errno));
    return 1;
}
