/// What the app calls in alice and bob.
#pragma once

#include <stddef.h>
#include <stdint.h>

extern "C" {
/// alice: moves, fills and compares her own bytes; 1 if all are right, and the addresses of her
/// functions.
uint64_t alice_moves();
uint64_t alice_copy_address();
uint64_t alice_compare_address();

/// bob, who defines memcpy and memcmp: copies by a call that he makes, and by one that the compiler
/// makes.
uint64_t bob_copies();
uint64_t bob_copy_calls();
uint64_t bob_copy_address();
}
