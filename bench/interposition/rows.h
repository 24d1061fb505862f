/// All files of rows about dispatch, seccomp filter and seal.
#pragma once

#include "bench/payload/row.h"

namespace bench {

extern const Rows filter_rows, both_rows, buffer_rows, refusal_rows, untouched_rows, put_up_rows,
    seal_rows;

} // namespace bench
