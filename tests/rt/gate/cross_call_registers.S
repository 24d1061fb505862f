/// A cross call watched register by register, and one on a stack of the caller's choice.
#include "crt/assembly.h"

  .section .text.test_cross_call_registers, "ax", @progbits

// Sets bit \bit of rsi when \register is not \wanted; uses rdi.
.macro compare register, wanted, bit
  movabsq $\wanted, %rdi
  cmpq %rdi, \register
  je .Lcompare_equal_\@
  orq $1 << \bit, %rsi
  .Lcompare_equal_\@:
.endm

// Prototypes in cross_call_registers.h; the gates call both, in alice.
.function test_watch_cross_call
  .irp register, rbx, rbp, r12, r13, r14, r15
  pushq %\register
  .endr
  movabsq $0x5ca1ab1e0000, %rbx
  leaq 1(%rbx), %rbp
  leaq 2(%rbx), %r12
  leaq 3(%rbx), %r13
  leaq 4(%rbx), %r14
  leaq 5(%rbx), %r15
  xorl %edx, %edx
  xorl %ecx, %ecx
  xorl %r8d, %r8d
  xorl %r9d, %r9d
  pushq $0
  call rt_gate_cross
  // The answer is gathered on the stack, because every register is watched.
  subq %rax, %r11
  subq %rdx, %r9
  leaq -8(%rsp), %rax // where the gate found rsp
  subq %rax, %r10
  .irp register, rdi, rsi, r8, rcx, r9, r10, r11
  xorl %eax, %eax
  testq %\register, %\register
  setne %al
  shlq $1, (%rsp)
  orq %rax, (%rsp)
  .endr
  popq %rsi
  shlq $8, %rsi
  compare %rbx, 0x5ca1ab1e0000, 0
  compare %rbp, 0x5ca1ab1e0001, 1
  compare %r12, 0x5ca1ab1e0002, 2
  compare %r13, 0x5ca1ab1e0003, 3
  compare %r14, 0x5ca1ab1e0004, 4
  compare %r15, 0x5ca1ab1e0005, 5
  movq %rsi, %rax
  .irp register, r15, r14, r13, r12, rbp, rbx
  popq %\register
  .endr
  ret
.end_function test_watch_cross_call

.function test_own_stack
  movq %rsp, %rax
  ret
.end_function test_own_stack

.function test_cross_on
  movq %rsi, %rsp
  movl $2, %esi
  xorl %edx, %edx
  jmp rt_gate_cross
.end_function test_cross_on

// rsp is the domain's claim. Each level finds on the stack what all others of its domain have pushed
// there, too. Cross call rdi gets the arguments rsi, rdi, rcx, rdx: those of the other domain come first.
.function test_endless_cross_call
  movq %rsp, %r12
  movq %rdx, %rsp
  movq %rdx, %r8
  movq %rdi, %rdx
  call rt_gate_cross // a0 = rsi, a1 = rdx, a2 = rcx, a3 = r8
  movq %r12, %rsp
  addq $0x100, %rax
  testq %rdx, %rdx
  leaq -1(%rdx), %rdx
  cmovneq %rdx, %rax
  ret
.end_function test_endless_cross_call

  .section .note.GNU-stack, "", @progbits
