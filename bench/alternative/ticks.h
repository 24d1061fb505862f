/// The time stamp counter, and the processors that a row runs on.
#pragma once

#include <immintrin.h>
#include <x86intrin.h>

#include <cstdint>
#include <optional>

namespace alternative {

/// Neither earlier nor later instructions are counted in part. [sdm-2 RDTSC]
inline uint64_t ticks() {
    _mm_lfence();
    const uint64_t now = __rdtsc();
    _mm_lfence();
    return now;
}

/// Keeps this thread, and what it starts, on one processor.
void pin(unsigned processor);

/// The processor that main has chosen, and another one where there is one.
unsigned home_processor();
std::optional<unsigned> other_processor();

} // namespace alternative
