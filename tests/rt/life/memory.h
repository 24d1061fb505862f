/// All memory of a domain, compared with what it was at start.
#pragma once

#include "tests/rt/life/worker.h"

namespace memory {

/// The bytes of `domain` that are not what they were at start: of its data the initial copy, then
/// zeros; of its stack zeros. Unreadable ones count, too.
uint64_t changed(Domain domain);

/// Changes the first, the middle and the last byte of each of the domain's regions, and of each
/// part: initialised and not. How many.
uint64_t plant(Domain domain);

/// Overwrites all of the domain's memory.
void fill(Domain domain);

/// The heap of `domain`, which must have one.
const linker::RegionRecord &heap_of(Domain domain);

/// The kilobytes in a row of /proc/self/smaps_rollup: its name with the colon.
uint64_t kilobytes(const char *row);

/// Kilobytes of memory that this process has, as /proc says.
uint64_t resident();

} // namespace memory
