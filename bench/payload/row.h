/// A row answers a question, and is measured beside a yardstick.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "bench/gate/gates.h"

namespace bench {

/// `loop`: many repetitions between two readings of the clock. `window`: one repetition between
/// fences, so that there is a distribution. `against_plain`: the second column is the same work
/// without the measured thing.
enum class Kind : uint8_t { loop, window, against_plain };

/// Runs the measured thing `loops` times; the TSC cycles of all runs together.
using Timed = uint64_t (*)(uint64_t loops);

struct Row {
    const char *name;
    Kind kind;
    const char *question; // rows of one question form one table
    Timed run;
    Timed beside; // the second column
    const char *beside_name;
    uint64_t step = 1; // the repetitions are a multiple of it
};

/// The rows of one file.
struct Rows {
    const Row *first;
    size_t count;
    const Row *begin() const { return first; }
    const Row *end() const { return first + count; }
};
template <size_t count>
constexpr Rows rows_of(const Row (&table)[count]) {
    return {table, count};
}

/// `body(loops)` between two readings of the clock.
template <auto body>
uint64_t timed(uint64_t loops) {
    const uint64_t begin = bench_now();
    body(loops);
    return bench_now() - begin;
}

/// Runs `once` `loops` times.
template <auto once>
void repeat(uint64_t loops) {
    for (; loops != 0; --loops) {
        once();
    }
}
template <auto once>
inline constexpr Timed repeated = timed<repeat<once>>;

/// The unit, u: bare wrpkru pairs.
inline constexpr Timed pairs = timed<bench_pairs>;

/// The program's name of its unit: "u", or another name if there is no wrpkru.
extern const char *const unit_name;
inline constexpr const char *unit = nullptr; // as a row's beside_name: the program's unit

} // namespace bench
