/// Runs another program until it ends or its time is over.
#include "bench/driver/process.h"

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>

namespace driver {

namespace {

using Clock = std::chrono::steady_clock;

/// Pins this program to the last processor that it may use, during the life of this object.
class Pinned {
public:
    explicit Pinned(bool wanted) {
        CPU_ZERO(&before_);
        sched_getaffinity(0, sizeof before_, &before_);
        unsigned last = CPU_SETSIZE - 1;
        while (last > 0 && !CPU_ISSET(last, &before_)) {
            --last;
        }
        if (wanted) {
            cpu_set_t one;
            CPU_ZERO(&one);
            CPU_SET(last, &one);
            sched_setaffinity(0, sizeof one, &one);
        }
    }
    ~Pinned() { sched_setaffinity(0, sizeof before_, &before_); }
    Pinned(const Pinned &) = delete;
    Pinned &operator=(const Pinned &) = delete;

private:
    cpu_set_t before_;
};

struct Pipe {
    int ends[2];
    Pipe() {
        if (pipe2(ends, O_CLOEXEC) != 0) {
            throw Stop{std::string{"pipe: "} + std::strerror(errno)};
        }
    }
    ~Pipe() {
        close_end(0);
        close_end(1);
    }
    void close_end(int end) {
        if (ends[end] >= 0) {
            close(ends[end]);
            ends[end] = -1;
        }
    }
};

pid_t spawn(const std::vector<std::string> &words, Pipe &out, Pipe &err) {
    std::vector<char *> arguments;
    for (const auto &word : words) {
        arguments.push_back(const_cast<char *>(word.c_str()));
    }
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, out.ends[1], 1);
    posix_spawn_file_actions_adddup2(&actions, err.ends[1], 2);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
    pid_t child = 0;
    const int error =
        posix_spawn(&child, arguments[0], &actions, &attributes, arguments.data(), environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0) {
        throw Stop{words[0] + ": cannot be run: " + std::strerror(error)};
    }
    return child;
}

/// Reads available bytes; an end of file closes the pipe.
void take(Pipe &from, std::string &into) {
    char buffer[65536];
    const ssize_t count = read(from.ends[0], buffer, sizeof buffer);
    if (count > 0) {
        into.append(buffer, static_cast<std::size_t>(count));
    } else {
        from.close_end(0);
    }
}

/// Reads both streams until they end; false if `deadline` passes first.
bool collect(Pipe &out, Pipe &err, Ending &ending, Clock::time_point deadline) {
    while (out.ends[0] >= 0 || err.ends[0] >= 0) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
        pollfd files[] = {{out.ends[0], POLLIN, 0}, {err.ends[0], POLLIN, 0}};
        if (left.count() <= 0 || poll(files, 2, static_cast<int>(left.count())) == 0) {
            return false;
        }
        if (files[0].revents != 0) {
            take(out, ending.out);
        }
        if (files[1].revents != 0) {
            take(err, ending.err);
        }
    }
    return true;
}

} // namespace

std::string Ending::reason() const {
    if (timed_out) {
        return "took too long and was ended";
    }
    if (!err.empty()) {
        return err.substr(0, err.find('\n'));
    }
    return "ended with status " + std::to_string(status);
}

Ending run(const std::vector<std::string> &words, int seconds, bool pinned) {
    Ending ending;
    Pipe out;
    Pipe err;
    pid_t child;
    {
        const Pinned here{pinned};
        child = spawn(words, out, err);
    }
    out.close_end(1);
    err.close_end(1);
    ending.timed_out = !collect(out, err, ending, Clock::now() + std::chrono::seconds{seconds});
    if (ending.timed_out) {
        kill(-child, SIGKILL);
    }
    int status = 0;
    waitpid(child, &status, 0);
    ending.status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    return ending;
}

} // namespace driver
