/// Runs another program until it ends or its time is over.
#pragma once

#include <string>
#include <vector>

namespace driver {

/// The reason for which the driver stops: one line for the user.
struct Stop {
    std::string message;
    int exit_status = 1;
};
inline constexpr int wrong_use = 2;

struct Ending {
    std::string out;
    std::string err;
    int status = 0; // as in a shell: 128 and more for signals
    bool timed_out = false;

    /// The reason of a failure in one line: the first line on standard error, or the status.
    std::string reason() const;
};

/// Runs `words`; its whole process group is killed after `seconds`. `pinned`: on one processor.
Ending run(const std::vector<std::string> &words, int seconds, bool pinned);

} // namespace driver
