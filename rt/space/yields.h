/// How often the two sides of a mailbox yield before they sleep.
#pragma once

#include <stdint.h>

namespace rt::space {

/// On a core that they have for themselves, a yield hands over to the other side for half of what
/// sleep and wake cost. On one that a third process uses, each yield gives that one a whole slice:
/// a call takes hundreds of times as long. So slow turns end them for a while.
class Yields {
public:
    /// How often each side yields in this turn; a short call is answered within one of them.
    uint32_t each_side() const { return asleep_ != 0 ? 0 : is_trial_ ? 1 : most; }

    /// A turn begins. True if `each_side` has changed.
    bool begin_turn() {
        is_trial_ = is_trial_ || asleep_ == 1;
        return asleep_ != 0 && --asleep_ == 0;
    }

    /// A turn has been answered so many cycles after its order. A single slow one may be the call's
    /// own work; two, with few quick ones between them, are a third process. True if `each_side` has
    /// changed.
    bool judge(uint64_t cycles) {
        if (asleep_ != 0) {
            return false;
        }
        const bool is_slow = cycles > slow;
        slowness_ = is_slow ? slowness_ + one_slow : slowness_ == 0 ? 0 : slowness_ - 1;
        const bool ends = is_slow && (is_trial_ || slowness_ > one_slow);
        const bool resumes = !is_slow && is_trial_;
        if (ends) {
            slowness_ = 0;
            asleep_ = fewest_asleep << doublings_;
            doublings_ += doublings_ < most_doublings ? 1 : 0;
        }
        if (resumes) {
            is_trial_ = false;
            doublings_ -= doublings_ > 0 ? 1 : 0;
        }
        return ends || resumes;
    }

    static constexpr uint32_t most = 4;
    static constexpr uint64_t slow = 40'000; // cycles: some hand-overs
    static constexpr uint32_t one_slow = 4;  // as many quick ones make up for it
    static constexpr uint32_t fewest_asleep = 64, most_doublings = 10; // turns
    static constexpr uint32_t most_asleep = fewest_asleep << most_doublings;

private:
    // All zeros at first, so that an array of them needs no initial data.
    uint32_t asleep_ = 0;    // so many turns more are without yields
    uint32_t doublings_ = 0; // of them, after the next slow ones
    bool is_trial_ = false;  // the turns without yields are over, and no turn was quick since
    uint32_t slowness_ = 0;
};

} // namespace rt::space
