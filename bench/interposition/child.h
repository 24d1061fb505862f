/// A child process in which rows run behind walls: what is put up stays for good, and the yardstick
/// wants to be measured without.
#pragma once

#include "bench/payload/row.h"
#include "rt/sys/child.h"

namespace bench {

/// Fork ends dispatch and keeps all else. [linux fork.c v6.12]
enum class Interposition : uint8_t { none, filter, dispatch_and_filter };

class Child {
public:
    /// Forks; the child puts the walls up and waits.
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

/// `run` behind walls, in one child for as long as this program measures.
template <Timed run, Interposition interposition>
uint64_t behind(uint64_t loops) {
    static constinit Child child;
    if (!child.is_started()) {
        child.start(run, interposition);
    }
    return child.ask(loops);
}

/// `run` so many times, each in a child of its own: for what can be done only once. The child's
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
