/// What the kernel says of this program's processes.
#pragma once

#include "rt/sys/file.h"
#include "tests/harness/harness.h"

namespace spaces {

/// Opens /proc/PROCESS/NAME.
rt::Result<rt::sys::Descriptor> open_of(int process, const char *name);

/// Sends a signal to one process. Where there is none, its number is 0, which would be a group.
long send(long process, long signal);

/// The number after `head` in /proc/PROCESS/status, hexadecimal as that of signals is.
uint64_t in_status(int process, const char *head);

/// What of this program may grow: nothing of it shall.
struct Footprint {
    uint64_t descriptors;
    uint64_t mappings;
    uint64_t kilobytes; // resident, without the memory of domains
};
Footprint footprint();

/// Fails the case unless `after` is `before`, but for a few pages.
void expect_same(const Footprint &before, const Footprint &after);

/// How many children this process has, whatever signals their ends send.
uint64_t children();

/// Whether the run is one of all that there is (POSTERN_LONG).
bool is_long();
inline uint64_t in_short_and_long(uint64_t in_short, uint64_t in_long) {
    return is_long() ? in_long : in_short;
}

} // namespace spaces
