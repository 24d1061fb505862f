/// The least that a copy out of a domain costs: rep movsb between two view changes.
#include "bench/gate/parts.h"

  .section .text.bench_copy, "ax", @progbits

// Prototype: void bench_copy_in_pair(void *to, const void *from, size_t bytes)
// Callers: rows
// PKRU before: the monitor's
// PKRU after: the monitor's
//
// FROM: call
// PKRU: the monitor's. LIVE: rdi = to, rsi = from, rdx = bytes
.function bench_copy_in_pair
  movq %rdx, %r8
  switch_view BENCH_PKRU_BOTH
  movq %r8, %rcx
  rep movsb
  switch_view RT_PKRU_MONITOR
  ret
.end_function bench_copy_in_pair

// The same copy alone.
//
// Prototype: void bench_copy(void *to, const void *from, size_t bytes)
// Callers: rows
// FROM: call
// PKRU: the monitor's. LIVE: rdi = to, rsi = from, rdx = bytes
.function bench_copy
  movq %rdx, %rcx
  rep movsb
  ret
.end_function bench_copy

  .section .note.GNU-stack, "", @progbits
