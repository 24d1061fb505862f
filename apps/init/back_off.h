/// Decides when a service that has ended may start again, and whether it has ended too often.
#pragma once

#include <stddef.h>
#include <stdint.h>

namespace init {

/// Times are nanoseconds of a clock that never goes back.
class BackOff {
public:
    static constexpr size_t most = 5;                         // ends within ...
    static constexpr uint64_t window = 60ull * 1'000'000'000; // ... this time are too many
    static constexpr uint64_t first_pause = 100'000'000;      // doubled with each end in the window

    struct Verdict {
        bool give_up;
        uint64_t pause; // until the next start
        size_t ends;    // within the window, including this one
    };

    /// The service has ended at `now`.
    Verdict ended(uint64_t now) {
        size_t kept = 0;
        for (size_t i = 0; i < count_; ++i) {
            if (now - ends_[i] < window) {
                ends_[kept++] = ends_[i];
            }
        }
        count_ = kept;
        ends_[count_++] = now;
        const Verdict verdict{count_ == most, first_pause << (count_ - 1), count_};
        if (verdict.give_up) {
            reset();
        }
        return verdict;
    }

    /// Forgets all ends, as giving up does: a later start is a deliberate one.
    void reset() { count_ = 0; }

private:
    uint64_t ends_[most] = {}; // the oldest first; never full between calls
    size_t count_ = 0;
};

} // namespace init
