/// The time stamp counter, and the processors that a row runs on.
#pragma once

#include <immintrin.h>
#include <x86intrin.h>

#include <cstdint>
#include <optional>

namespace alternative {

/// No earlier or later instruction is counted partly. [sdm-2 RDTSC]
inline uint64_t ticks() {
    _mm_lfence();
    const uint64_t now = __rdtsc();
    _mm_lfence();
    return now;
}

/// Keeps this thread, and the threads and processes that it starts, on one processor.
void pin(unsigned processor);

/// The processor that main has chosen, and another one if there is one.
unsigned home_processor();
std::optional<unsigned> other_processor();

} // namespace alternative
