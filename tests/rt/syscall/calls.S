/// A domain that makes system calls of its own.
#include "crt/assembly.h"

  .section .text.test_calls, "ax", @progbits

// Prototype: uint64_t test_make_call(Claimed words)
// Callers: tests, in a domain
// PKRU before: a domain's
// PKRU after: the same
//
// FROM: call
// PKRU: unknown. LIVE: rdi = number and six arguments
.function test_make_call
  movq %rdi, %r11
  movq (%r11), %rax
  movq 8(%r11), %rdi
  movq 16(%r11), %rsi
  movq 24(%r11), %rdx
  movq 32(%r11), %r10
  movq 40(%r11), %r8
  movq 48(%r11), %r9
  syscall
  ret
.end_function test_make_call

// Prototype: uint64_t test_make_two_calls(uint64_t first, uint64_t second)
// Callers: tests, in a domain
// PKRU before: a domain's
// PKRU after: the same
//
// FROM: call
// PKRU: unknown. LIVE: rdi, rsi = numbers
.function test_make_two_calls
  movq %rdi, %rax
  syscall
  movq %rsi, %rax
  syscall
  ret
.end_function test_make_two_calls

// Adds 2^\bit to rax where \register is not \value; no jumps.
.macro watch register, value, bit
  xorl %ecx, %ecx
  cmpq $\value, %\register
  setne %cl
  shlq $\bit, %rcx
  orq %rcx, %rax
.endm

// Prototype: uint64_t test_watch_call(uint64_t number, Claimed answer)
// Callers: tests, in a domain
// PKRU before: a domain's
// PKRU after: the same
//
// FROM: call
// PKRU: unknown. LIVE: rdi = number, rsi = where the answer goes
.function test_watch_call
  .save %rbx
  .save %rbp
  .save %r12
  .save %r13
  .save %r14
  .save %r15
  .push %rsi
  movq %rdi, %rax
  movl $0x3f80, -8(%rsp) // in the red zone: MXCSR, rounding down
  ldmxcsr -8(%rsp)
  movq $0x5a5a, -128(%rsp)
  movq %rsp, %rbp
  movq $0x0101, %rbx
  movq $0x0202, %r12
  movq $0x0303, %r13
  movq $0x0404, %r14
  movq $0x0505, %r15
  movq $0x0606, %rdi
  movq $0x0707, %rsi
  movq $0x0808, %rdx
  movq $0x0c0c, %rcx
  movq $0x0909, %r10
  movq $0x0a0a, %r8
  movq $0x0b0b, %r9
  movq %r8, %xmm0
  movq %r9, %xmm15
  syscall
  // FROM: fall
  // PKRU: unknown. LIVE: rax = answer
.Lwatch_behind:
  movq %rax, %r11
  xorl %eax, %eax
  subq %rsp, %rbp // of nothing, where rsp is as it was
  addq %rbp, %rsp
  pushq %rdi
  leaq .Lwatch_behind(%rip), %rdi
  cmpq $0x0c0c, %rcx // as it was, where the kernel uses FRED [linux sysret_rip.c v6.12]
  cmoveq %rdi, %rcx
  cmpq %rdi, %rcx
  popq %rdi
  setne %al
  shlq $16, %rax
  watch rbp, 0, 15
  watch rbx, 0x0101, 0
  watch r12, 0x0202, 2
  watch r13, 0x0303, 3
  watch r14, 0x0404, 4
  watch r15, 0x0505, 5
  watch rdi, 0x0606, 6
  watch rsi, 0x0707, 7
  watch rdx, 0x0808, 8
  watch r10, 0x0909, 9
  watch r8, 0x0a0a, 10
  watch r9, 0x0b0b, 11
  movq %xmm0, %rdi
  watch rdi, 0x0a0a, 12
  movq %xmm15, %rdi
  watch rdi, 0x0b0b, 13
  movq -128(%rsp), %rdi
  watch rdi, 0x5a5a, 17
  movl $0, -24(%rsp)
  stmxcsr -24(%rsp)
  movl -24(%rsp), %edi
  watch rdi, 0x3f80, 14
  movl $0x1f80, -24(%rsp)
  ldmxcsr -24(%rsp)
  popq %rsi
  movq %r11, (%rsi)
  popq %r15
  popq %r14
  popq %r13
  popq %r12
  popq %rbp
  popq %rbx
  ret
.end_function test_watch_call

// Prototype: uint64_t test_call_on(uint64_t number, uint64_t stack)
// Callers: tests, in a domain
// PKRU before: a domain's
// PKRU after: the same
//
// FROM: call
// PKRU: unknown. LIVE: rdi = number, rsi = stack
.function test_call_on
  .save %rbx
  movq %rdi, %rax
  movq %rsp, %rbx
  movq %rsi, %rsp
  syscall
  movq %rbx, %rsp
  popq %rbx
  ret
.end_function test_call_on

// Prototype: uint64_t test_call_32(uint64_t number)
// Callers: tests, in a domain
// PKRU before: a domain's
// PKRU after: the same
//
// FROM: call
// PKRU: unknown. LIVE: rdi = number
.function test_call_32
  movq %rdi, %rax
  int $0x80
  ret
.end_function test_call_32

// Prototype: uint64_t test_call_by_runtime(uint64_t number)
// Callers: tests, in a domain
// PKRU before: a domain's
// PKRU after: the same
//
// FROM: call
// PKRU: unknown. LIVE: rdi = number
.function test_call_by_runtime
  movq %rdi, %rax
  leaq rt_sys_behind_syscall - 2(%rip), %rdx
  jmp *%rdx // which returns for it
.end_function test_call_by_runtime

  .section .note.GNU-stack, "", @progbits
