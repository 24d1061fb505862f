/// The command line of a program of rows.
#pragma once

#include "bench/payload/row.h"

namespace bench {

/// A program of rows.
struct Program {
    const char *name;
    const char *prefix; // of all its rows' names
    const Rows *const *tables;
    size_t table_count;
};

/// `--list`, or ROW SAMPLES LOOPS; `words` are those behind the program's name. The exit status: 0,
/// or 2 for wrong use, which gets one line.
int run(const Program &program, const char *const *words, int count);

} // namespace bench
