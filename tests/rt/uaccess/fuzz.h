/// The common part of the fuzz tests of values and of copies: the loop, and its counts.
#pragma once

#include "tests/rt/uaccess/fuzz_pairs.h"

namespace fuzz {

/// How the accesses ended, by the oracle's word.
struct Ends {
    uint64_t whole;   // in the domain's memory, all of it accessible
    uint64_t refused; // not in the domain's memory
    uint64_t faulted; // in the domain's memory, an access faults
};

/// One access to what a pair says, compared with the oracle; counts its end.
using Attempt = bool (*)(const Pair &pair, Ends &ends);

/// Runs 10,000,000 pairs (scaled) through `attempt`; `bytes` is the length of each, 0 where the
/// pairs choose. Pages of the domain are made inaccessible now and then. Stops at the first wrong
/// answer and says the seed and the pair. At the end nothing else has changed, and each way to end
/// was met.
void run(uint64_t seed, uint64_t bytes, Attempt attempt, const char *file = __builtin_FILE(),
         int line = __builtin_LINE());

/// The oracle's answer for a pair.
struct Verdict {
    bool owned;
    uint64_t reached; // bytes that can be accessed, 0 when not owned
};
Verdict judge(uint64_t address, uint64_t bytes, model::Access access, Ends &ends);

} // namespace fuzz
