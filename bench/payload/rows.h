/// All files of rows.
#pragma once

#include "bench/payload/row.h"

namespace bench {

// Gates and windows alone, which bench/stand_in also measures on machines without keys.
extern const Rows call_rows, ladder_rows, part_rows, shape_rows, nested_rows, across_rows,
    work_rows, overhead_rows, latency_rows, access_rows, copy_rows;
// These need keys, or the kernel's support for them.
extern const Rows rdpkru_rows, fault_rows, plain_call_rows, system_call_rows;

} // namespace bench
