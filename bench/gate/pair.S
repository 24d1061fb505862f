/// The unit of all gates, u: two view changes back to back. And the clock.
#include "bench/gate/parts.h"

  .section .rodata.bench_gate, "a", @progbits
  .balign 4
  .globl bench_mxcsr
bench_mxcsr:
  .long 0x1f80 // all exceptions masked, round to nearest [sdm-1 10.2.3]
  .globl bench_x87_control
bench_x87_control:
  .word 0x037f // the same for the x87 [sdm-1 8.1.5]

  .section .text.bench_pair, "ax", @progbits

// Changes the view to the domain's and back, `loops` times, with nothing between.
//
// Prototype: void bench_pairs(uint64_t loops)
// Callers: rows
// PKRU before: the monitor's
// PKRU after: the monitor's
// Its alignment is part of the unit: across a line of 64 bytes the loop takes longer.
//
// FROM: call
// PKRU: the monitor's. LIVE: rdi = loops, above zero
  .balign 64
.function bench_pairs
  // FROM: fall, .Lpairs_again
  // PKRU: the monitor's. No memory access up to the second wrpkru.
.Lpairs_again:
  switch_view rt_view_2
  switch_view RT_PKRU_MONITOR
  decq %rdi
  jnz .Lpairs_again
  ret
.end_function bench_pairs

// An empty function.
//
// Prototype: void bench_nothing()
// Callers: rows
// FROM: call
// PKRU: any
.function bench_nothing
  ret
.end_function bench_nothing

// The time stamp counter, read after all earlier instructions are done and before any later one
// begins [sdm-2 RDTSC].
//
// Prototype: uint64_t bench_now()
// Callers: rows
// FROM: call
// PKRU: any
.function bench_now
  lfence
  rdtsc
  lfence
  shlq $32, %rdx
  orq %rdx, %rax
  ret
.end_function bench_now

  .section .note.GNU-stack, "", @progbits
