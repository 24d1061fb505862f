/// A second process that runs while a row is measured.
#pragma once

#include <functional>
#include <optional>

#include <sys/types.h>

namespace alternative {

class Peer {
public:
    /// Runs `body` in a child, on `processor`; without one where this thread may run. The child ends
    /// with this process at the latest.
    Peer(std::optional<unsigned> processor, const std::function<void()> &body);
    ~Peer();
    Peer(const Peer &) = delete;
    Peer &operator=(const Peer &) = delete;

    pid_t pid() const { return pid_; }

    /// Keeps it from running, and lets it run again.
    void stop() const;
    void go_on() const;

private:
    pid_t pid_;
};

} // namespace alternative
