/// Ways for code to end in a fault, for domains and, in a child, for the monitor.
#pragma once

#include <stdint.h>

namespace ruin {

/// SIGFPE, whatever the compiler thinks of dividing by zero.
inline uint64_t divide() {
    uint64_t rest = 0;
    uint64_t quotient = 1;
    asm volatile("divq %2" : "+a"(quotient), "+d"(rest) : "r"(uint64_t{0}));
    return quotient;
}

/// Reads a word where it may not.
inline uint64_t read(uint64_t address) {
    return *reinterpret_cast<volatile uint64_t *>(address);
}

} // namespace ruin
