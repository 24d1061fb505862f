/// A call into another process and back, by each means of the kernel.
#pragma once

#include <optional>

#include "bench/alternative/row.h"

namespace alternative {

/// Where the other process runs; without one, where this thread may run.
using Processor = std::optional<unsigned>;

/// A loop is one call: a byte, or a word, there and back. The other process works for so many cycles
/// in each.
Measure prepare_pipe(Processor processor);
Measure prepare_futex(Processor processor, uint64_t cycles = 0);
Measure prepare_yield(Processor processor, uint64_t cycles = 0);
Measure prepare_spin(Processor processor); // on another processor than this thread's
Measure prepare_spin_and_futex(Processor processor, uint64_t cycles);

} // namespace alternative
