/// The bytes to which a sweep does not jump.
#pragma once

#include "tests/attack/code.h"
#include "tests/attack/ends_emulator.h"

namespace attack {

/// Whether this machine cannot show what a jump to `at` does: the emulator would die of it.
inline bool is_left_out(const char *at) {
    return is_emulated() && may_end_emulator(at);
}

} // namespace attack
