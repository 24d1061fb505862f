/// One service: its command, its process, and its restart when the process ends.
#include "apps/init/service.h"

namespace init {

namespace {

constexpr const char *environment[] = {"PATH=/bin", "HOME=/", "TMPDIR=/tmp", nullptr};

constexpr const char *states[] = {"waiting", "running", "stopping", "stopped", "done", "given up"};

} // namespace

void Service::declare(const Checked &directive) {
    kept_ = directive.verb == Verb::keep;
    __builtin_memcpy(name_, directive.name, sizeof name_);
    __builtin_memcpy(command_, directive.command, sizeof command_);
    const char *word = command_;
    for (size_t i = 0; i < directive.words; ++i) {
        arguments_[i] = word;
        while (*word++ != '\0') {
        }
    }
}

void Service::start_if_due(uint64_t now) {
    if (due() > now) {
        return;
    }
    const auto nothing = rt::sys::open("/dev/null", rt::sys::Access::read);
    const auto started = nothing ? rt::sys::spawn({.path = command_,
                                                   .arguments = arguments_,
                                                   .environment = environment,
                                                   .input = nothing.value()})
                                 : nothing.error();
    if (nothing) {
        static_cast<void>(rt::sys::close(nothing.value()));
    }
    if (!started) {
        rt::log("init: {}: cannot be started: {}: given up", name_, started.error());
        state_ = State::given_up;
        return;
    }
    process_ = started.value();
    state_ = State::running;
    rt::log("init: {}: started as process {}", name_, static_cast<int>(process_));
}

void Service::ended(const rt::sys::Ended &how, uint64_t now) {
    const bool by_signal = how.signal() != 0;
    rt::Line line;
    line.format("init: {}: process {} ended with {} {}", name_, static_cast<int>(process_),
                by_signal ? "signal" : "status", by_signal ? how.signal() : how.exit_status());
    if (state_ == State::stopping || !kept_) {
        state_ = state_ == State::stopping ? State::stopped : State::done;
        rt::log(line);
        return;
    }
    const auto verdict = back_off_.ended(now);
    if (verdict.give_up) {
        state_ = State::given_up;
        rt::log(line.format(": {} times within {} s: given up", verdict.ends,
                            BackOff::window / 1'000'000'000));
        return;
    }
    state_ = State::waiting;
    due_ = now + verdict.pause;
    rt::log(line.format(": starts again in {} ms", verdict.pause / 1'000'000));
}

void Service::ask_start(uint64_t now) {
    if (state_ == State::running || state_ == State::stopping) {
        rt::log("init: {}: has a process", name_);
        return;
    }
    back_off_.reset();
    state_ = State::waiting;
    due_ = now;
}

void Service::ask_stop() {
    if (state_ == State::running) {
        state_ = State::stopping;
        static_cast<void>(rt::sys::send(process_, rt::sys::Signal::terminate));
    } else if (state_ == State::stopping) {
        static_cast<void>(rt::sys::send(process_, rt::sys::Signal::kill)); // asked twice
    } else {
        state_ = State::stopped;
    }
}

bool Service::is_named(const char *name) const {
    return __builtin_memcmp(name_, name, sizeof name_) == 0;
}

void Service::log_state() const {
    const char *state = states[static_cast<size_t>(state_)];
    if (is_alive() && state_ != State::waiting) {
        rt::log("init: {}: {} as process {}", name_, state, static_cast<int>(process_));
    } else {
        rt::log("init: {}: {}", name_, state);
    }
}

} // namespace init
