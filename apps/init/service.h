/// One service: its command, its process, and its restart when the process ends.
#pragma once

#include "apps/init/back_off.h"
#include "apps/init/checked_directive.h"
#include "rt/rt.h"

namespace init {

class Service {
public:
    enum class State : uint8_t {
        waiting,  // for its next start
        running,  //
        stopping, // told to end by `stop`
        stopped,  // by `stop`
        done,     // declared `once`, and has ended
        given_up, // ended too often, or cannot be started
    };

    /// Takes the command of a `keep` or `once`; starts it at the next turn.
    void declare(const Checked &directive);

    /// Starts the service if it is time.
    void start_if_due(uint64_t now);
    /// Handles the end of its process.
    void ended(const rt::sys::Ended &how, uint64_t now);
    /// Requests from the console.
    void ask_start(uint64_t now);
    void ask_stop();

    bool is_named(const char *name) const;
    bool has_process(rt::sys::Process process) const {
        return process_ == process && (state_ == State::running || state_ == State::stopping);
    }
    /// Whether it runs or will start again.
    bool is_alive() const { return state_ <= State::stopping; }
    /// The time of its next start; the greatest time if there is none.
    uint64_t due() const { return state_ == State::waiting ? due_ : ~uint64_t{0}; }
    void log_state() const;

private:
    bool kept_ = false;
    State state_ = State::waiting;
    rt::sys::Process process_{};
    uint64_t due_ = 0;
    BackOff back_off_;
    char name_[longest_name + 1] = {};
    char command_[longest_line + 1] = {};
    const char *arguments_[most_words + 1] = {};
};

} // namespace init
