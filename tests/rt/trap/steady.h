/// The state that faults must not change: the thread's words, its stack, its memory, its signal
/// mask.
#pragma once

#include "apps/wd0_matrix/cost.h"
#include "rt/base/slot.h"
#include "tests/harness/harness.h"

namespace steady {

struct State {
    Cost cost; // resident memory and the caller's stack pointer
    rt::base::Slot words;
    uint64_t blocked; // signals
    uint64_t pkru;
};

/// All but the cost.
State thread_state();

/// This moment. Inlined, so that the stack pointer is the caller's own.
[[gnu::always_inline]] inline State now() {
    State state = thread_state();
    state.cost = cost_now();
    return state;
}

/// Expects all parts to be the same, and resident memory not to have grown.
void expect_same(const State &before, const State &after);

} // namespace steady
