/// Numbers that look random, the same in each run of a test.
#pragma once

#include <stdint.h>

namespace harness {

/// SplitMix64, from a place of each seed's own: seeds one apart would otherwise share almost all
/// that they draw.
class Random {
public:
    explicit Random(uint64_t seed) : state_(mixed(seed)) {}

    uint64_t next() { return mixed(state_ += 0x9e3779b97f4a7c15); }
    uint64_t below(uint64_t limit) { return next() % limit; }

private:
    static uint64_t mixed(uint64_t state) {
        state = (state ^ state >> 30) * 0xbf58476d1ce4e5b9;
        state = (state ^ state >> 27) * 0x94d049bb133111eb;
        return state ^ state >> 31;
    }

    uint64_t state_;
};

} // namespace harness
