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
    const char *(*obstacle)(const Row &row); // why it cannot be measured here, or null; may be null
};

/// `--list`, or ROW SAMPLES LOOPS; `words` are those behind the program's name. The exit status: 0,
/// 77 for a row that cannot be measured here (`skipped ROW: reason`), 2 for wrong use, which gets
/// one line.
int run(const Program &program, const char *const *words, int count);

} // namespace bench
