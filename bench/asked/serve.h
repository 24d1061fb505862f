/// Answers the hosted program that measures this image beside another process (bench/alternative).
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "rt/rt.h"

namespace bench {

/// The time stamp counter; no earlier or later instruction is counted partly. [sdm-2 RDTSC]
inline uint64_t now() {
    __builtin_ia32_lfence();
    const uint64_t ticks = __builtin_ia32_rdtsc();
    __builtin_ia32_lfence();
    return ticks;
}

/// A row that the word of the command line names.
struct AskedRow {
    const char *name;
    uint64_t (*run)(uint64_t loops); // the ticks of all loops together
};

/// With a word: reads numbers of loops from standard input, 8 bytes each, until its end, and writes
/// the ticks of each. Without one: runs each row for two loops, and prints nothing.
rt::Exit serve(const AskedRow *rows, size_t count, rt::Arguments arguments);

template <size_t count>
rt::Exit serve(const AskedRow (&rows)[count], rt::Arguments arguments) {
    return serve(rows, count, arguments);
}

} // namespace bench
