/// A gate of a published shape: four view changes, because the switch of stacks runs under a view in
/// which both sides are open. General and vector registers are wiped each way; no view is checked [ia2
/// gates]. Our own code in that shape, not that system.
#include "bench/gate/parts.h"

// Calls `function` in Domain::untrusted's view. `wipes`: general registers and vzeroall each way;
// otherwise one compare after each view change and no wipe [endokernel xcall].
.macro four_switches name, wipes
// Prototype: uint64_t bench_shape_\name(const void *function)
// Callers: rows
// PKRU before: the monitor's, which here is the view of the calling part
// PKRU after: the same
//
// FROM: call
// PKRU: the monitor's. LIVE: rdi = function
  .balign 64
.function bench_shape_\name
  .irp register, rbx, rbp, r12, r13, r14, r15
  .save %\register
  .endr
  movq %rdi, %r11
  switch_view BENCH_PKRU_BOTH
  .if \wipes == 0
  cmpl $BENCH_PKRU_BOTH, %eax
  jne .Lshape_\name\()_die
  .endif
  // Atlas update: both sides are open; rsp goes where the way back finds it.
  movq %rsp, %gs:slot_gate_rsp
  movq %gs:slot_stack + 8 * BENCH_KEY, %rsp
  .if \wipes
  vzeroall
  zero ebx, ebp, esi, edi, r8d, r9d, r10d, r12d, r13d, r14d, r15d
  .endif
  switch_view rt_view_2
  .if \wipes == 0
  cmpl $rt_view_2, %eax
  jne .Lshape_\name\()_die
  .endif
  call *%r11
  movq %rax, %r11
  switch_view BENCH_PKRU_BOTH
  .if \wipes == 0
  cmpl $BENCH_PKRU_BOTH, %eax
  jne .Lshape_\name\()_die
  .endif
  movq %gs:slot_gate_rsp, %rsp
  .if \wipes
  vzeroall
  zero esi, edi, r8d, r9d, r10d
  .endif
  switch_view RT_PKRU_MONITOR
  .if \wipes == 0
  cmpl $RT_PKRU_MONITOR, %eax
  jne .Lshape_\name\()_die
  .endif
  movq %r11, %rax
  .irp register, r15, r14, r13, r12, rbp, rbx
  .restore %\register
  .endr
  ret
  // FROM: bench_shape_\name
  // PKRU: unknown; the program ends.
.Lshape_\name\()_die:
  int3
  ud2
.end_function bench_shape_\name
.endm

  .section .text.bench_four_switches, "ax", @progbits
  four_switches four_wiped, 1
  four_switches four_compared, 0

  .section .note.GNU-stack, "", @progbits
