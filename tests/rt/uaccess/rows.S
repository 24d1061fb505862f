/// Calls a function with known numbers in all registers, and stores the registers after the call.
#include "crt/assembly.h"
#include "tests/rt/uaccess/rows.h"

  .section .text.test_rows, "ax", @progbits

// Loads all registers but rax and rsp from the first row, calls, and stores them in the second. A function
// that comes back with another stack pointer comes back elsewhere.
//
// Prototype: uint64_t test_call_with_registers(const void *function, uint64_t (*registers)[14])
//   the function's rax
// Callers: tests/rt/uaccess/rows.cc
// PKRU before: any of the monitor's
// PKRU after: the function's
//
// FROM: call
// PKRU: the caller's
.function test_call_with_registers
  .save %rbx
  .save %rbp
  .save %r12
  .save %r13
  .save %r14
  .save %r15
  .push %rsi
  movq %rdi, %rax
  .irp register, rbx, rcx, rdx
  movq (%rsi), %\register
  addq $8, %rsi
  .endr
  movq 8(%rsi), %rdi
  movq 16(%rsi), %rbp
  movq 24(%rsi), %r8
  movq 32(%rsi), %r9
  movq 40(%rsi), %r10
  movq 48(%rsi), %r11
  movq 56(%rsi), %r12
  movq 64(%rsi), %r13
  movq 72(%rsi), %r14
  movq 80(%rsi), %r15
  movq (%rsi), %rsi
  call *%rax
  .push %rsi
  movq 8(%rsp), %rsi
  addq $8 * UACCESS_REGISTERS, %rsi
  movq %rbx, (%rsi)
  movq %rcx, 8(%rsi)
  movq %rdx, 16(%rsi)
  .pop 24(%rsi)
  movq %rdi, 32(%rsi)
  movq %rbp, 40(%rsi)
  movq %r8, 48(%rsi)
  movq %r9, 56(%rsi)
  movq %r10, 64(%rsi)
  movq %r11, 72(%rsi)
  movq %r12, 80(%rsi)
  movq %r13, 88(%rsi)
  movq %r14, 96(%rsi)
  movq %r15, 104(%rsi)
  .pop %rsi
  .restore %r15
  .restore %r14
  .restore %r13
  .restore %r12
  .restore %rbp
  .restore %rbx
  ret
.end_function test_call_with_registers

  .section .note.GNU-stack, "", @progbits
