/// How often the two sides of a mailbox yield before they sleep.
#pragma once

#include "rt/space/back_off.h"

namespace rt::space {

/// On a core that they have for themselves, a yield hands over to the other side for half of what
/// sleep and wake cost. On one that a third process uses, each yield gives that one a whole slice:
/// a call takes hundreds of times as long. So slow turns end them for a while.
class Yields {
public:
    /// How often each side yields in this turn; a short call is answered within one of them.
    uint32_t each_side() const { return !back_off_.is_on() ? 0 : back_off_.is_trial() ? 1 : most; }

    /// A turn begins. True if `each_side` has changed.
    bool begin_turn() { return back_off_.begin_turn(); }

    /// A turn has been answered so many cycles after its order. True if `each_side` has changed.
    bool judge(uint64_t cycles) { return back_off_.judge(cycles > slow); }

    static constexpr uint32_t most = 4;
    static constexpr uint64_t slow = 40'000; // cycles: some hand-overs

private:
    BackOff back_off_;
};

} // namespace rt::space
