/// The memory that this process has.
#pragma once

#include "rt/rt.h"

/// Resident memory of all mappings in KiB, from /proc/self/smaps_rollup, which the kernel counts
/// page by page. EIO if the text has no such number. [proc_pid_smaps(5)]
rt::Result<uint64_t> resident_kib();
