/// The least that a copy out of a domain costs: rep movsb between two view changes, without and with compares.
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

// The least with invariant 1: two compares after each view change, one of them with a word in memory.
//
// Prototype: void bench_copy_in_window(void *to, const void *from, size_t bytes)
// Callers: rows
// PKRU before: the monitor's
// PKRU after: the monitor's
//
// FROM: call
// PKRU: the monitor's. LIVE: rdi = to, rsi = from, rdx = bytes
.function bench_copy_in_window
  movq %rdx, %r8
  movl $BENCH_PKRU_BOTH, %gs:slot_window
  switch_view BENCH_PKRU_BOTH
  cmpl %gs:slot_window, %eax
  jne .Lcopy_in_window_die
  cmpl $RT_STATE_MONITOR, %gs:slot_state
  jne .Lcopy_in_window_die
  movq %r8, %rcx
  rep movsb
  switch_view RT_PKRU_MONITOR
  cmpl $RT_PKRU_MONITOR, %eax
  jne .Lcopy_in_window_die
  cmpl $RT_STATE_MONITOR, %gs:slot_state
  jne .Lcopy_in_window_die
  movl $0, %gs:slot_window
  ret
  // FROM: bench_copy_in_window
  // PKRU: any
.Lcopy_in_window_die:
  ud2
.end_function bench_copy_in_window

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
