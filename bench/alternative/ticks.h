/// The time stamp counter, and the processors that a row runs on.
#pragma once

#include <immintrin.h>
#include <sched.h>
#include <x86intrin.h>

#include <cstdint>
#include <optional>
#include <string>

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

/// The processor that main has chosen, and another one if there is one. `second_processor` throws
/// Skip where there is none.
unsigned home_processor();
std::optional<unsigned> other_processor();
unsigned second_processor();

/// As long as it lives, this thread, and what it starts, may run on both. Throws Skip where there
/// is one alone.
class OnBoth {
public:
    OnBoth();
    ~OnBoth();
    OnBoth(const OnBoth &) = delete;
    OnBoth &operator=(const OnBoth &) = delete;

private:
    cpu_set_t before_;
};

/// The kernel's idle states, without which figures of two cores say nothing; "none" where it has
/// none.
std::string idle_states();

} // namespace alternative
