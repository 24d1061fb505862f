/// Inline functions of a header that bob and the app include.
#pragma once

#include <stdint.h>

namespace names {

[[gnu::noinline]] inline uint64_t mix(uint64_t value) {
    return 3 * value;
}
[[gnu::noinline]] inline uint64_t both(uint64_t value) {
    return value + 1;
}
[[gnu::noinline]] inline uint64_t apps(uint64_t value) {
    return value + 2;
}

} // namespace names
