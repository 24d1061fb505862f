/// How often the two sides of a mailbox yield before they sleep.
#pragma once

#include <stdint.h>

namespace rt::space {

/// On a core that they have for themselves, a yield hands over to the other side for half of what
/// sleep and wake cost. On one that a third process uses, each yield gives that one a whole slice:
/// a call takes hundreds of times as long. So slow yields end them for a while.
class Yields {
public:
    /// How often each side yields in this turn; a short call is answered within one of them.
    uint32_t each_side() const { return asleep_ != 0 ? 0 : is_trial_ ? 1 : most; }

    /// A turn begins. True if `each_side` has changed.
    bool begin_turn() {
        is_trial_ = is_trial_ || asleep_ == 1;
        return asleep_ != 0 && --asleep_ == 0;
    }

    /// A yield of this side has taken so many cycles. A single slow one may be the call's own work.
    /// True if `each_side` has changed.
    bool judge(uint64_t cycles) {
        const bool is_slow = cycles > slow;
        const bool ends = is_slow && (is_trial_ || last_was_slow_);
        const bool resumes = !is_slow && is_trial_;
        last_was_slow_ = is_slow;
        if (ends) {
            asleep_ = next_;
            next_ = next_ < most_asleep ? 2 * next_ : most_asleep;
        }
        if (resumes) {
            is_trial_ = false;
            next_ = next_ > fewest_asleep ? next_ / 2 : fewest_asleep;
        }
        return ends || resumes;
    }

    static constexpr uint32_t most = 4;
    static constexpr uint64_t slow = 40'000; // cycles: some hand-overs
    static constexpr uint32_t fewest_asleep = 64, most_asleep = 65536; // turns

private:
    uint32_t asleep_ = 0;           // so many turns more are without yields
    uint32_t next_ = fewest_asleep; // and so many after the next slow ones
    bool is_trial_ = false;         // the turns without yields are over, and no yield was quick since
    bool last_was_slow_ = false;
};

} // namespace rt::space
