/// A child of the test's own, stopped by a breakpoint register wherever a signal shall come.
#pragma once

#include "tests/harness/harness.h"

namespace traced {

/// Does its work in rounds, each followed by end_round().
class Child {
public:
    /// `work` runs in the child, whose system calls are dispatched as the test's own, and does not
    /// come back; SIGUSR1 is what comes.
    explicit Child(void (*work)());
    ~Child();
    Child(const Child &) = delete;
    Child &operator=(const Child &) = delete;

    bool lives() const { return lives_; }

    /// One round, in which the signal comes when control is at `first`, but for so many times
    /// before, and, if given, once more when it is then at `second`. How many of the two were met.
    unsigned interrupt(const char *first, unsigned times_before, const char *second = nullptr);

    /// One round without a signal: which of the four bytes from `first` on begin an instruction
    /// that control comes to, bit by bit.
    unsigned comes_to(const char *first);

    /// One round, in which control stays at `place` for so many nanoseconds when it is first there.
    /// Whether it was.
    bool hold(const char *place, uint64_t nanoseconds);

    /// One round; shows where each `signal` came that the tracer did not send.
    void watch(rt::Signal signal, void (*show)(const char *place));

private:
    void stop_at(const char *place);
    void stop_at_four(const char *first, unsigned which);
    void set_debug_register(size_t number, uint64_t value);
    uint64_t place();
    bool is_breakpoint(int signal);
    bool is_at(const char *wanted);
    int resume(int signal);
    int wait();

    long child_;
    bool lives_ = true;
};

/// In the child.
void end_round();

} // namespace traced
