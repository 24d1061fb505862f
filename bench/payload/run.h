/// The command line of a program of rows.
#pragma once

#include "bench/payload/row.h"

namespace bench {

/// A program of rows.
struct Program {
    const char *name;
    const char *prefix; // of the names of all its rows
    const Rows *const *tables;
    size_t table_count;
    const char *(*obstacle)(const Row &row); // the reason why a row cannot be measured here, or
                                             // null; may itself be null
};

/// Handles `--list`, or ROW SAMPLES LOOPS; `words` are those after the program's name. Returns the
/// exit status: 0, 77 for a row that cannot be measured here (`skipped ROW: reason`), 2 for wrong
/// use, with one line.
int run(const Program &program, const char *const *words, int count);

} // namespace bench
