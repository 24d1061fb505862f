/// A running signer with its three standard streams as pipes.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

namespace hosted {

/// How a program ended and what it wrote.
struct Ending {
    int status = -1; // -1 when a signal ended it, or it had to be killed because it hung
    int signal = 0;
    bool hung = false;
    std::string out;
    std::string err;
};

/// Nothing here waits longer than a minute and a half for the program.
class Session {
public:
    /// Starts `words`; `in_child` runs in the child when its streams are in place.
    explicit Session(const std::vector<std::string> &words, std::function<void()> in_child = {});
    ~Session();
    Session(const Session &) = delete;
    Session &operator=(const Session &) = delete;

    pid_t pid() const { return pid_; }

    /// Sends all of `text`, while it takes in what the program says.
    void send(std::string_view text);

    /// The next whole line of its output, without the line feed; "" when it has ended or hangs.
    std::string answer();

    /// Closes the program's input, or our end of its output.
    void end_input();
    void close_output();

    /// Waits for its end; `out` is its output that was not taken yet.
    Ending finish();

private:
    bool pump(int milliseconds);
    void take_in(int &from, std::string &to);

    pid_t pid_ = -1;
    int input_ = -1;
    int output_ = -1;
    int errors_ = -1;
    std::string pending_;
    std::string out_;
    std::string err_;
};

/// Runs `words` with `input` as its whole standard input.
Ending run(const std::vector<std::string> &words, std::string_view input,
           const std::function<void()> &in_child = {});

} // namespace hosted
