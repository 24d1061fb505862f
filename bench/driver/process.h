/// Another program, run to its end or to the end of patience.
#pragma once

#include <string>
#include <vector>

namespace driver {

/// What stops the driver: one line for the user.
struct Stop {
    std::string message;
    int exit_status = 1;
};
inline constexpr int wrong_use = 2;

struct Ending {
    std::string out;
    std::string err;
    int status = 0; // as a shell tells it: 128 and more for signals
    bool timed_out = false;

    /// The first line on standard error, or how it ended: why a program failed, in one line.
    std::string reason() const;
};

/// Runs `words`; its whole process group is killed after `seconds`. `pinned`: on one processor.
Ending run(const std::vector<std::string> &words, int seconds, bool pinned);

} // namespace driver
