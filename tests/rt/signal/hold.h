/// Holds every register for a while, and shows what they are then.
#pragma once

// All general registers and flags, then the state components (tests/attack/patterns.h).
#define TEST_HOLD_BYTES 3072

#ifndef __ASSEMBLER__
#include <stdint.h>
extern "C" {
uint64_t test_hold(uint64_t count, uint64_t dump, uint64_t flags);
extern const char test_hold_loop[];
}
#endif
