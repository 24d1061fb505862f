/// Gates of a published shape: two view changes around trusted code, no stack of its own, one check on
/// the way out [erim 4.1]. Our own code in that shape, not that system.
#include "bench/gate/parts.h"

// Opens a domain's memory, does nothing or calls, closes it again and proves that it is closed.
.macro two_switches name, calls
// Prototype: void bench_shape_\name(uint64_t loops, const void *function)
// Callers: rows
// PKRU before: the monitor's, which here is the view of the untrusted part
// PKRU after: the same
//
// FROM: call
// PKRU: the monitor's. LIVE: rdi = loops, above zero; rsi = function
  .balign 64
.function bench_shape_\name
  .save %rbx
  .save %rbp
  .push %rbp // for alignment
  movq %rdi, %rbx
  movq %rsi, %rbp
  // FROM: fall, itself
  // PKRU: the monitor's
.Lshape_\name:
  switch_view BENCH_PKRU_BOTH
  .if \calls
  call *%rbp
  .endif
  switch_view RT_PKRU_MONITOR
  cmpl $RT_PKRU_MONITOR, %eax
  jne .Lshape_\name\()_die
  decq %rbx
  jnz .Lshape_\name
  addq $8, %rsp
  .cfi_adjust_cfa_offset -8
  .restore %rbp
  .restore %rbx
  ret
  // FROM: .Lshape_\name
  // PKRU: unknown; the program ends.
.Lshape_\name\()_die:
  int3
  ud2
.end_function bench_shape_\name
.endm

  .section .text.bench_two_switches, "ax", @progbits
  two_switches two_inline, 0
  two_switches two_around_a_call, 1

  .section .note.GNU-stack, "", @progbits
