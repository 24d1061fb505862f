/// Calls and services watched register by register.
#include "crt/assembly.h"

  .section .text.test_registers, "ax", @progbits

  .set .Lmark, 0x5ca1ab1e00

// rbx, rbp, r12-r15 = marks 0 to 5.
.macro mark_registers
  movabsq $.Lmark + 0, %rbx
  movabsq $.Lmark + 1, %rbp
  movabsq $.Lmark + 2, %r12
  movabsq $.Lmark + 3, %r13
  movabsq $.Lmark + 4, %r14
  movabsq $.Lmark + 5, %r15
.endm

// Sets bit \bit of \into when \register is not \wanted; uses \spare.
.macro compare register, wanted, bit, into, spare
  movabsq $\wanted, \spare
  cmpq \spare, \register
  je .Lcompare_equal_\@
  orq $1 << \bit, \into
  .Lcompare_equal_\@:
.endm

.macro compare_marks into, spare
  compare %rbx, .Lmark + 0, 0, \into, \spare
  compare %rbp, .Lmark + 1, 1, \into, \spare
  compare %r12, .Lmark + 2, 2, \into, \spare
  compare %r13, .Lmark + 3, 3, \into, \spare
  compare %r14, .Lmark + 4, 4, \into, \spare
  compare %r15, .Lmark + 5, 5, \into, \spare
.endm

.macro push_all
  .push %rbx
  .push %rbp
  .push %r12
  .push %r13
  .push %r14
  .push %r15
.endm

.macro pop_all
  .pop %r15
  .pop %r14
  .pop %r13
  .pop %r12
  .pop %rbp
  .pop %rbx
.endm

.macro watch_call name, gate
// Prototype: TestWatched \name(const void *function)
// Callers: registers.cc, in the monitor
// PKRU before: the monitor's
// PKRU after: the same
//
// FROM: call
// PKRU: the monitor's, proved
// LIVE: rdi = function
.function \name
  push_all
  mark_registers
  subq $8, %rsp // the gate is called with the stack aligned
  pushq %rdi
  call \gate
  addq $16, %rsp
  xorl %eax, %eax
  compare_marks %rax, %rcx
  pop_all
  ret
.end_function \name
.endm

watch_call test_watch_call, rt_gate_enter_2
watch_call test_watch_call_trusted, rt_gate_enter_trusted_2

// What holds for the functions that follow:
//
// Prototype: in registers.h
// Callers: the gates, in alice
// PKRU before: the domain's
// PKRU after: the same
//
// FROM: call
// PKRU: the domain's, proved by the gate

.function test_overwrite
  movl $1, %eax
  movq $-1, %rbx
  movq $-1, %rcx
  movq $-1, %rdx
  movq $-1, %rsi
  movq $-1, %rdi
  movq $-1, %rbp
  movq $-1, %r8
  movq $-1, %r9
  movq $-1, %r10
  movq $-1, %r11
  movq $-1, %r12
  movq $-1, %r13
  movq $-1, %r14
  movq $-1, %r15
  ret
.end_function test_overwrite

.function test_overwrite_and_fault
  call test_overwrite
  ud2
.end_function test_overwrite_and_fault

// The answer is gathered on the stack, because every register is watched.
.function test_watch_service
  push_all
  mark_registers
  movq %rbx, %rdx
  movq %rbx, %rcx
  movq %rbx, %r8
  movq %rbx, %r9
  pushq $0
  call rt_gate_service
  // Bits 14 and 15 first: the compares of the marks need two registers.
  subq %rax, %r11
  leaq -8(%rsp), %rax // where the gate found rsp
  subq %rax, %r10
  .irp register, rdi, rsi, r8, r9, rcx, rdx, r10, r11
  xorl %eax, %eax
  testq %\register, %\register
  setne %al
  shlq $1, (%rsp)
  orq %rax, (%rsp)
  .endr
  popq %rax
  shlq $8, %rax
  compare_marks %rax, %rcx
  pop_all
  ret
.end_function test_watch_service

// The return address is pushed by nobody: the service returns to what lies at `stack`.
.function test_serve_on
  movq %rdx, %rsp
  jmp rt_gate_service
.end_function test_serve_on

// rsp is the domain's claim. Each level finds on the stack what all others have pushed there, too.
.function test_nest
  movq %rsp, %r12
  movq %rsi, %rsp
  call rt_gate_service
  movq %r12, %rsp
  incq %rax
  ret
.end_function test_nest

.function test_stack_pointer
  movq %rsp, %rax
  ret
.end_function test_stack_pointer

.function test_two
  movl $2, %eax
  ret
.end_function test_two

  .section .note.GNU-stack, "", @progbits
