/// A running signer with its three standard streams as pipes.
#include "tests/hosted/signer_session.h"

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

namespace hosted {

namespace {

constexpr int patience_ms = 90'000;

struct Pipe {
    int read;
    int write;
};

Pipe make_pipe() {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) {
        std::abort();
    }
    return {ends[0], ends[1]};
}

void close_end(int &end) {
    if (end >= 0) {
        close(end);
        end = -1;
    }
}

long now_ms() {
    using namespace std::chrono;
    return static_cast<long>(
        duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count());
}

} // namespace

Session::Session(const std::vector<std::string> &words, std::function<void()> in_child) {
    std::signal(SIGPIPE, SIG_IGN);
    const Pipe in = make_pipe(), out = make_pipe(), err = make_pipe();
    std::vector<char *> arguments;
    for (const auto &word : words) {
        arguments.push_back(const_cast<char *>(word.c_str()));
    }
    arguments.push_back(nullptr);
    pid_ = fork();
    if (pid_ == 0) {
        std::signal(SIGPIPE, SIG_DFL);
        dup2(in.read, 0);
        dup2(out.write, 1);
        dup2(err.write, 2);
        if (in_child) {
            in_child();
        }
        execv(arguments[0], arguments.data());
        _exit(127);
    }
    close(in.read);
    close(out.write);
    close(err.write);
    input_ = in.write;
    output_ = out.read;
    errors_ = err.read;
    for (const int end : {input_, output_, errors_}) {
        fcntl(end, F_SETFL, O_NONBLOCK);
    }
}

Session::~Session() {
    close_end(input_);
    close_end(output_);
    close_end(errors_);
    if (pid_ > 0) {
        kill(pid_, SIGKILL);
        waitpid(pid_, nullptr, 0);
    }
}

void Session::take_in(int &from, std::string &to) {
    char chunk[65536];
    for (;;) {
        const ssize_t got = read(from, chunk, sizeof chunk);
        if (got > 0) {
            to.append(chunk, static_cast<std::size_t>(got));
        } else {
            if (got == 0 || (errno != EAGAIN && errno != EINTR)) {
                close_end(from);
            }
            return;
        }
    }
}

/// Moves what can be moved within the time; false when nothing could.
bool Session::pump(int milliseconds) {
    pollfd ends[] = {
        {pending_.empty() ? -1 : input_, POLLOUT, 0}, {output_, POLLIN, 0}, {errors_, POLLIN, 0}};
    if (poll(ends, 3, milliseconds) <= 0) {
        return false;
    }
    if (ends[0].revents != 0) {
        const ssize_t written = write(input_, pending_.data(), pending_.size());
        if (written > 0) {
            pending_.erase(0, static_cast<std::size_t>(written));
        } else if (errno != EAGAIN) {
            pending_.clear(); // the program does not read any more
        }
    }
    if (ends[1].revents != 0) {
        take_in(output_, out_);
    }
    if (ends[2].revents != 0) {
        take_in(errors_, err_);
    }
    return true;
}

void Session::send(std::string_view text) {
    pending_ += text;
    while (!pending_.empty() && pump(patience_ms)) {
    }
}

std::string Session::answer() {
    std::size_t end;
    while ((end = out_.find('\n')) == out_.npos) {
        if (output_ < 0 || !pump(patience_ms)) {
            return "";
        }
    }
    std::string line = out_.substr(0, end);
    out_.erase(0, end + 1);
    return line;
}

void Session::end_input() {
    close_end(input_);
}

void Session::close_output() {
    close_end(output_);
}

Ending Session::finish() {
    end_input();
    const long deadline = now_ms() + patience_ms;
    while ((output_ >= 0 || errors_ >= 0) && now_ms() < deadline) {
        pump(100);
    }
    Ending ending;
    int status = 0;
    pid_t done = 0;
    while ((done = waitpid(pid_, &status, WNOHANG)) == 0 && now_ms() < deadline) {
        usleep(1000);
    }
    if (done == 0) {
        ending.hung = true;
        kill(pid_, SIGKILL);
        waitpid(pid_, &status, 0);
    } else if (WIFEXITED(status)) {
        ending.status = WEXITSTATUS(status);
    } else {
        ending.signal = WTERMSIG(status);
    }
    pid_ = -1;
    ending.out = out_;
    ending.err = err_;
    return ending;
}

Ending run(const std::vector<std::string> &words, std::string_view input,
           const std::function<void()> &in_child) {
    Session session(words, in_child);
    session.send(input);
    return session.finish();
}

} // namespace hosted
