/// The descriptors that the program was started with: kept, closed, or put where one is missing.
#pragma once

#include <stdint.h>

namespace rt::syscall {

/// How many were kept, closed and filled. `closed` counts numbers below 65536, and is known only if
/// it was asked for.
struct FoundDescriptors {
    uint32_t kept;   // 0, 1, 2 and those that the app declares
    uint32_t closed; // all others
    uint32_t filled; // of 0, 1, 2: were not open, now lead nowhere
};

/// Keeps 0, 1 and 2 and those that postern_add_app's KEEPS_DESCRIPTORS names, and closes all
/// others, because a file that another program has opened is no file of this one. If 0, 1 or 2 is
/// missing, it opens a placeholder that can be neither read nor written (EBADF, as before). So no
/// file that the app opens becomes its standard error.
FoundDescriptors close_inherited_descriptors(bool counted);

} // namespace rt::syscall
