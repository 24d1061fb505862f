/// The running kernel's version, from which the expected answers follow.
#pragma once

#include <stdint.h>

namespace kernel {

/// A version as one number that compares.
constexpr uint32_t version(uint32_t major, uint32_t minor) {
    return major << 16 | minor;
}

/// The running kernel's, from uname(2). Stable backports do not change it: where one blurs an
/// answer, the case says so.
uint32_t running_version();

inline bool is_from(uint32_t major, uint32_t minor) {
    return running_version() >= version(major, minor);
}

} // namespace kernel
