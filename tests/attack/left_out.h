/// The bytes to which a sweep does not jump.
#pragma once

#include "tests/attack/code.h"
#include "tests/attack/far_return.h"

namespace attack {

/// Whether this machine cannot show what a jump to `at` does: the emulator dies of far returns.
inline bool is_left_out(const char *at) {
    return is_emulated() && may_return_far(at);
}

} // namespace attack
