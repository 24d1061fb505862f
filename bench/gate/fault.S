/// The least that taking a fault costs: a handler that jumps to a saved context, without a view change,
/// and one that returns through the kernel.
#include "bench/gate/parts.h"

// The saved context: words of the public page after those of the runtime, because a handler begins with
// every key except 0 closed [linux pkeys.c v6.12].
// clang-format off
.set context_rip, 0xf00
.set context_rsp, 0xf08
.set context_rbx, 0xf10
.set context_rbp, 0xf18
.set context_r12, 0xf20
.set context_r13, 0xf28
.set context_r14, 0xf30
.set context_r15, 0xf38
// The offset of the interrupted rip in a handler's third argument [linux ucontext.h v6.12].
.set ucontext_rip, 168
// clang-format on

// Saves a context, faults, and comes back by it, `loops` times; \fault is the instruction.
.macro bare_fault name, fault:vararg
// Prototype: void bench_fault_\name(uint64_t loops)
// Callers: rows, while bench_fault_handler handles the signal
// PKRU before: the monitor's
// PKRU after: the monitor's
//
// FROM: call
// PKRU: the monitor's. LIVE: rdi = loops, above zero
.function bench_fault_\name
  .irp register, rbx, rbp, r12, r13, r14, r15
  .save %\register
  .endr
  movq %rdi, %rbx
  // FROM: fall, .Lfault_\name\()_back
  // PKRU: the monitor's at first, then the kernel's default for handlers: up to the last view change
  //   nothing here touches memory but the public page. LIVE: rbx = loops to go
.Lfault_\name\()_again:
  leaq .Lfault_\name\()_back(%rip), %rax
  movq %rax, %gs:context_rip
  .irp register, rsp, rbx, rbp, r12, r13, r14, r15
  movq %\register, %gs:context_\register
  .endr
  \fault
  // FROM: bench_fault_handler
  // PKRU: the kernel's default. LIVE: rbx = loops to go, this one among them
.Lfault_\name\()_back:
  decq %rbx
  jnz .Lfault_\name\()_again
  switch_view RT_PKRU_MONITOR
  .irp register, r15, r14, r13, r12, rbp, rbx
  .restore %\register
  .endr
  ret
.end_function bench_fault_\name
.endm

  .section .text.bench_fault, "ax", @progbits

  bare_fault null_write, movb $0, 0
  bare_fault int3, int3

// Prototype: none; a signal handler
// Callers: the kernel
// FROM: signal
// PKRU: the kernel's default
.function bench_fault_handler
  .irp register, rsp, rbx, rbp, r12, r13, r14, r15
  movq %gs:context_\register, %\register
  .endr
  jmpq *%gs:context_rip
.end_function bench_fault_handler

// Writes to address zero `loops` times; the handler steps over the instruction.
//
// Prototype: void bench_fault_sigreturn(uint64_t loops)
// Callers: rows, while bench_fault_returning_handler handles the signal
// FROM: call, itself
// PKRU: the monitor's. LIVE: rdi = loops, above zero
.function bench_fault_sigreturn
.Lfault_write:
  movb $0, 0
.Lfault_behind:
  decq %rdi
  jnz bench_fault_sigreturn
  ret
.end_function bench_fault_sigreturn

// Moves the interrupted rip on and returns through the kernel.
//
// Prototype: none; a signal handler
// Callers: the kernel; the dispatch selector is open
// FROM: signal
// PKRU: the kernel's default. LIVE: rdx = ucontext, (%rsp) = restorer
.function bench_fault_returning_handler
  addq $(.Lfault_behind - .Lfault_write), ucontext_rip(%rdx)
  ret
.end_function bench_fault_returning_handler

  .section .note.GNU-stack, "", @progbits
