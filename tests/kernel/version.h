/// The running kernel's version, from which the expected answers follow.
#pragma once

#include "tests/harness/harness.h"

namespace kernel {

/// Whether the running kernel is at least of this version, by uname(2). Stable backports do not
/// change it: where one blurs an answer, the case says so.
inline bool is_from(uint64_t major, uint64_t minor) {
    return harness::version_in(rt::sys::kernel_release().text) >= 1000 * major + minor;
}

} // namespace kernel
