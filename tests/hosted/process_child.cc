/// A program that rt::sys::spawn or apps/init starts in tests: says what it was given, or does what
/// it is told.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <x86intrin.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

/// The state that a program inherits besides that which it is given on purpose. [execve(2)]
void print_state() {
    sigset_t blocked;
    sigprocmask(SIG_BLOCK, nullptr, &blocked);
    int blocked_count = 0;
    for (int number = 1; number < SIGRTMAX; ++number) {
        blocked_count += sigismember(&blocked, number);
    }
    struct sigaction pipe {};
    sigaction(SIGPIPE, nullptr, &pipe);
    stack_t alternate{};
    sigaltstack(nullptr, &alternate);
    std::printf("blocked %d pipe %s alternate %s session %s descriptors", blocked_count,
                pipe.sa_handler == SIG_DFL ? "default" : "changed",
                (alternate.ss_flags & SS_DISABLE) != 0 ? "none" : "set",
                getsid(0) == getpid() ? "own" : "other");
    for (int number = 0; number < 256; ++number) {
        struct stat unused {};
        if (fstat(number, &unused) == 0) {
            std::printf(" %d", number);
        }
    }
    std::printf(" pkru %08x\n", _rdpkru_u32());
}

void print_given(int count, char **arguments, char **environment) {
    char folder[4096];
    std::printf("%s\n", getcwd(folder, sizeof folder));
    for (int i = 0; i < count; ++i) {
        std::printf("[%s]", arguments[i]);
    }
    for (; *environment != nullptr; ++environment) {
        std::printf("{%s}", *environment);
    }
    std::printf("\n");
}

/// Standard input to standard output, then a word on each of the other two.
void copy() {
    char line[64];
    const auto got = read(0, line, sizeof line);
    if (got > 0 && write(1, line, static_cast<std::size_t>(got)) == got) {
        std::fprintf(stderr, "error");
    }
}

/// Ends a little later, when the parent has long gone to sleep.
void end_late() {
    usleep(300'000);
    _exit(0);
}

/// Leaves an orphan that ends a little later.
void leave_orphan() {
    if (fork() == 0) {
        end_late();
    }
}

/// Writes to a file of its own where its three descriptors lead.
void note(const char *path) {
    const int file = open(path, O_WRONLY | O_NOCTTY);
    const char *const links[] = {"/proc/self/fd/0", "/proc/self/fd/1", "/proc/self/fd/2"};
    for (const char *link : links) {
        char target[64] = {};
        const bool found = readlink(link, target, sizeof target - 1) > 0;
        dprintf(file, "%s ", found ? target : "nowhere");
    }
    dprintf(file, "\n");
}

} // namespace

int main(int count, char **arguments, char **environment) {
    const char *what = count > 1 ? arguments[1] : "";
    const int number = count > 2 ? std::atoi(arguments[2]) : 0;
    if (std::strcmp(what, "exit") == 0) {
        return number;
    }
    if (std::strcmp(what, "signal") == 0) {
        raise(number);
    } else if (std::strcmp(what, "sleep") == 0) {
        pause();
    } else if (std::strcmp(what, "stubborn") == 0) {
        signal(SIGTERM, SIG_IGN);
        std::printf("stubborn\n");
        std::fflush(stdout);
        pause();
    } else if (std::strcmp(what, "orphan") == 0) {
        leave_orphan();
    } else if (std::strcmp(what, "late") == 0) {
        end_late();
    } else if (std::strcmp(what, "note") == 0) {
        note(arguments[2]);
    } else if (std::strcmp(what, "state") == 0) {
        print_state();
    } else if (std::strcmp(what, "copy") == 0) {
        copy();
    } else if (std::strcmp(what, "user") == 0) {
        std::printf("%u %u %d\n", getuid(), getgid(), getgroups(0, nullptr));
    } else {
        print_given(count, arguments, environment);
    }
    return 0;
}
