/// A call into another process and back, by each means of the kernel.
#pragma once

#include "bench/alternative/row.h"

namespace alternative {

/// The other process runs on `processor`. A loop is one call: a byte, or a word, there and back.
Measure prepare_pipe(unsigned processor);
Measure prepare_futex(unsigned processor);
Measure prepare_yield(unsigned processor);

} // namespace alternative
