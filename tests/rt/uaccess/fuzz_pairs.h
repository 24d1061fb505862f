/// Addresses and lengths to fuzz with: half of the addresses are within 64 bytes of an edge of a
/// region.
#pragma once

#include "tests/rt/uaccess/fuzz_model.h"

namespace fuzz {

struct Pair {
    uint64_t address;
    uint64_t bytes;
    bool near_an_edge;
};

/// The next pair; the address near an edge with every other call.
class Pairs {
public:
    explicit Pairs(uint64_t seed) : random_(seed) {}
    Pair next();
    harness::Random &random() { return random_; }

private:
    uint64_t address_near_an_edge();
    uint64_t address_anywhere();
    uint64_t length_at(uint64_t address);

    harness::Random random_;
    bool near_ = false;
};

} // namespace fuzz
