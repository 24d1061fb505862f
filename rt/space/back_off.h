/// A way of waiting that is left for a while after slow turns, and tried again.
#pragma once

#include <stdint.h>

namespace rt::space {

class BackOff {
public:
    /// Whether turns are waited for in this way now.
    constexpr bool is_on() const { return off_ == 0; }

    /// It is tried again, and no turn has been quick since.
    constexpr bool is_trial() const { return is_trial_; }

    /// A turn begins. True if it is the first one after a pause: a trial.
    constexpr bool begin_turn() {
        is_trial_ = is_trial_ || off_ == 1;
        return off_ != 0 && --off_ == 0;
    }

    /// A turn has ended. A single slow one may be the call's own work; two, with few quick ones
    /// between them, are not. A trial ends with its first one. True if `is_on` or `is_trial` has
    /// changed.
    constexpr bool judge(bool is_slow) {
        if (off_ != 0) {
            return false;
        }
        slowness_ = is_slow ? slowness_ + one_slow : slowness_ == 0 ? 0 : slowness_ - 1;
        const bool ends = is_slow && (is_trial_ || slowness_ > one_slow);
        const bool resumes = !is_slow && is_trial_;
        if (ends) {
            slowness_ = 0;
            off_ = next_;
            next_ = next_ < most_off ? 2 * next_ : most_off;
        }
        if (resumes) {
            is_trial_ = false;
            next_ = next_ > fewest_off ? next_ / 2 : fewest_off;
        }
        return ends || resumes;
    }

    static constexpr uint32_t one_slow = 4; // as many quick ones make up for it
    static constexpr uint32_t fewest_off = 64, most_off = 65536; // turns

private:
    uint32_t off_ = 0;           // so many turns more are waited for in another way
    uint32_t next_ = fewest_off; // and so many after the next slow ones
    bool is_trial_ = false;
    uint32_t slowness_ = 0;
};

} // namespace rt::space
