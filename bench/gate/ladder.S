/// Minimal gates. Each does one thing more than the one before, or one thing more than `registers`, so
/// that the table shows the price of each part. None is a gate of the runtime.
#include "bench/gate/parts.h"

// Parts, each left out unless it is named, in the cheapest order that was found:
//   stack      switch to the domain's stack and back
//   save       push and pop the six registers that a callee keeps
//   zero       zero what is neither argument nor result, both ways
//   state      store and test the state word
//   flags      on the way back: 1 test them and trap, 2 clear them
//   view       store the view word and compare with it instead of an immediate
//   selector   close the dispatch selector and compare it
//   vectors    zero vector registers both ways: 1 AVX, 2 AVX-512
//   control    MXCSR and x87 control word set both ways
//   fs         compare fs base with the record on the way back
//   x87        zero the MMX registers both ways
//   rdpkru     read the view back after each wrpkru
// Without a stack of its own the callee needs the caller's: `to` is then a view in which both are open.
.macro floor_gate name, stack=0, save=0, zero=0, state=0, flags=0, view=0, selector=0, vectors=0, control=0, fs=0, x87=0, rdpkru=0, to=rt_view_2

// Calls `function` in the view of Domain::untrusted.
//
// Prototype: uint64_t bench_floor_\name(const void *function)
// Callers: rows
// PKRU before: the monitor's
// PKRU after: the monitor's
//
// FROM: call
// PKRU: the monitor's. LIVE: rdi = function
  .balign 64
.function bench_floor_\name
  .if \save
  .irp register, rbx, rbp, r12, r13, r14, r15
  .save %\register
  .endr
  .endif
  movq %rdi, %r11
  .if \control
  load_control
  .endif
  .if \vectors
  wipe_vectors \vectors
  .endif
  .if \x87
  wipe_x87
  .endif
  .if \stack
  movq %rsp, %gs:slot_gate_rsp
  movq %gs:slot_stack + 8 * BENCH_KEY, %rsp
  .endif
  .if \view
  movl $rt_view_2, %gs:slot_view
  .endif
  .if \selector
  movb $RT_SELECTOR_BLOCK, %gs:slot_selector
  .endif
  .if \state
  movl $RT_STATE_UNTRUSTED, %gs:slot_state
  .endif
  switch_view \to
  .if \view
  cmpl %gs:slot_view, %eax
  .else
  cmpl $\to, %eax
  .endif
  jne .Lfloor_\name\()_die
  .if \rdpkru
  rdpkru
  cmpl $\to, %eax
  jne .Lfloor_\name\()_die
  .endif
  .if \selector
  cmpb $RT_SELECTOR_BLOCK, %gs:slot_selector
  jne .Lfloor_\name\()_die
  .endif
  .if \zero
  zero eax, ebx, ebp, r10d, r12d, r13d, r14d, r15d
  .endif
  // Atlas update: the domain's view and, with `stack`, its stack.
  call *%r11
  movq %rax, %rsi
  switch_view RT_PKRU_MONITOR
  cmpl $RT_PKRU_MONITOR, %eax
  jne .Lfloor_\name\()_die
  .if \rdpkru
  rdpkru
  cmpl $RT_PKRU_MONITOR, %eax
  jne .Lfloor_\name\()_die
  .endif
  .if \state
  testb $RT_STATE_MONITOR, %gs:slot_state
  jne .Lfloor_\name\()_die
  .endif
  .if \stack
  movq %gs:slot_gate_rsp, %rsp
  .endif
  .if \flags == 1
  pushfq
  testl $RT_FLAGS_REFUSED, (%rsp)
  leaq 8(%rsp), %rsp
  jnz .Lfloor_\name\()_die
  .elseif \flags == 2
  pushq $2
  popfq
  .endif
  .if \control
  load_control
  .endif
  .if \vectors
  wipe_vectors \vectors
  .endif
  .if \x87
  wipe_x87
  .endif
  .if \fs
  rdfsbase %rdx
  cmpq %gs:slot_fs_base, %rdx
  jne .Lfloor_\name\()_die
  .endif
  .if \zero
  zero ecx, edx, edi, r8d, r9d, r10d, r11d
  .endif
  .if \state
  movl $RT_STATE_MONITOR, %gs:slot_state
  .endif
  .if \view
  movl $RT_PKRU_MONITOR, %gs:slot_view
  .endif
  movq %rsi, %rax
  .if \zero
  zero esi
  .endif
  .if \save
  .irp register, r15, r14, r13, r12, rbp, rbx
  .restore %\register
  .endr
  .endif
  ret
  // FROM: bench_floor_\name
  // PKRU: unknown; the program ends.
.Lfloor_\name\()_die:
  int3
  ud2
.end_function bench_floor_\name
.endm

  .section .text.bench_ladder, "ax", @progbits

  // The ladder.
  floor_gate call, to=BENCH_PKRU_BOTH
  floor_gate stack, stack=1
  floor_gate registers, stack=1, save=1, zero=1
  floor_gate state, stack=1, save=1, zero=1, state=1
  floor_gate flags, stack=1, save=1, zero=1, state=1, flags=1
  floor_gate view, stack=1, save=1, zero=1, state=1, flags=1, view=1, selector=1
  floor_gate ymm, stack=1, save=1, zero=1, state=1, flags=1, view=1, selector=1, vectors=1
  floor_gate zmm, stack=1, save=1, zero=1, state=1, flags=1, view=1, selector=1, vectors=2
  floor_gate control, stack=1, save=1, zero=1, state=1, flags=1, view=1, selector=1, vectors=2, control=1
  floor_gate fs, stack=1, save=1, zero=1, state=1, flags=1, view=1, selector=1, vectors=2, control=1, fs=1
  floor_gate x87, stack=1, save=1, zero=1, state=1, flags=1, view=1, selector=1, vectors=2, control=1, fs=1, x87=1
  // Exactly the properties of the runtime's trusted gate.
  floor_gate trusted, stack=1, save=1, state=1, flags=1, view=1, selector=1

  // One part each in addition to `registers`.
  floor_gate only_state, stack=1, save=1, zero=1, state=1
  floor_gate only_flags_tested, stack=1, save=1, zero=1, flags=1
  floor_gate only_flags_cleared, stack=1, save=1, zero=1, flags=2
  floor_gate only_view, stack=1, save=1, zero=1, view=1
  floor_gate only_selector, stack=1, save=1, zero=1, selector=1
  floor_gate only_rdpkru, stack=1, save=1, zero=1, rdpkru=1
  floor_gate only_ymm, stack=1, save=1, zero=1, vectors=1
  floor_gate only_zmm, stack=1, save=1, zero=1, vectors=2
  floor_gate only_control, stack=1, save=1, zero=1, control=1
  floor_gate only_fs, stack=1, save=1, zero=1, fs=1
  floor_gate only_x87, stack=1, save=1, zero=1, x87=1

  .section .note.GNU-stack, "", @progbits
