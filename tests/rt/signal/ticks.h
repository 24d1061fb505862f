/// A timer's signals, and what counts them.
#pragma once

#include "tests/harness/harness.h"

namespace ticks {

/// Signals that have come since the last Ticks was made.
uint64_t seen();

/// SIGALRM each `microseconds` while it lives; the handler counts.
class Ticks {
public:
    explicit Ticks(unsigned microseconds);
    ~Ticks();
    Ticks(const Ticks &) = delete;
    Ticks &operator=(const Ticks &) = delete;
};

} // namespace ticks
