/// A child process in which rows run under dispatch and seccomp filter. A filter cannot be removed,
/// and the yardstick must be measured without it.
#pragma once

#include "bench/payload/row.h"
#include "rt/sys/child.h"

namespace bench {

/// A fork ends dispatch in the child and keeps everything else. [linux fork.c v6.12]
enum class Interposition : uint8_t { none, filter, dispatch_and_filter };

class Child {
public:
    /// Forks; the child sets `interposition` up and waits.
    void start(Timed run, Interposition interposition);
    /// `run` in the child; its ticks.
    uint64_t ask(uint64_t loops);
    void end();
    bool is_started() const { return started_; }

private:
    bool started_ = false;
    rt::sys::Process process_{};
    rt::sys::Descriptor questions_{};
    rt::sys::Descriptor answers_{};
};

/// `run` under `interposition`, in one child for the whole time of this program.
template <Timed run, Interposition interposition>
uint64_t behind(uint64_t loops) {
    static constinit Child child;
    if (!child.is_started()) {
        child.start(run, interposition);
    }
    return child.ask(loops);
}

/// `run` `loops` times, each in a child of its own, because it can be done only once. The child's
/// start and end are not measured.
template <Timed run>
uint64_t each_in_a_child(uint64_t loops) {
    uint64_t ticks = 0;
    for (; loops != 0; --loops) {
        Child child;
        child.start(run, Interposition::none);
        ticks += child.ask(1);
        child.end();
    }
    return ticks;
}

} // namespace bench
