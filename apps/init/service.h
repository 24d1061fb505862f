/// One service: its command, its process, and what becomes of it when that ends.
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

    /// Of a `keep` or `once`; starts at the next turn.
    void declare(const Checked &directive);

    /// Starts it if that is due.
    void start_if_due(uint64_t now);
    /// Its process has ended.
    void ended(const rt::sys::Ended &how, uint64_t now);
    /// What the console asks for.
    void ask_start(uint64_t now);
    void ask_stop();

    bool is_named(const char *name) const;
    bool has_process(rt::sys::Process process) const {
        return process_ == process && (state_ == State::running || state_ == State::stopping);
    }
    /// Whether there is anything to wait for.
    bool is_alive() const { return state_ <= State::stopping; }
    /// When it wants to start; the end of time if it does not.
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
