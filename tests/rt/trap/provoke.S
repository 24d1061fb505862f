/// Functions that do one thing which may be forbidden, with known numbers in all registers.
#include <asm/unistd.h>

#include "crt/assembly.h"
#include "tests/rt/trap/provoke.h"

  .section .text.test_provoke, "ax", @progbits

// What holds for every function here:
//
// Prototype: in provoke.h
// Callers: the gates, in alice or bob; they have saved what is overwritten here
// PKRU before: the domain's
// PKRU after: the same
//
// FROM: call
// PKRU: the domain's, proved by the gate. Labels within are reached by the jumps that show, and by
//   falling through; NAME_at is no target of any jump.

// Every general register but rdi, rsi and rsp.
.macro fill
  movabsq $TEST_FILLED + 0, %r8
  movabsq $TEST_FILLED + 1, %r9
  movabsq $TEST_FILLED + 2, %r10
  movabsq $TEST_FILLED + 3, %r11
  movabsq $TEST_FILLED + 4, %r12
  movabsq $TEST_FILLED + 5, %r13
  movabsq $TEST_FILLED + 6, %r14
  movabsq $TEST_FILLED + 7, %r15
  movabsq $TEST_FILLED + 10, %rbp
  movabsq $TEST_FILLED + 11, %rbx
  movabsq $TEST_FILLED + 12, %rdx
  movabsq $TEST_FILLED + 13, %rax
  movabsq $TEST_FILLED + 14, %rcx
.endm

// Opens \name, whose second argument is not used.
.macro provoke name
  .function \name
  fill
  movabsq $TEST_FILLED + 9, %rsi
.endm

// The same; goes to .Lprovoke_back when rdi is zero.
.macro provoke_if_told name
  provoke \name
  testq %rdi, %rdi
  jz .Lprovoke_back
.endm

// The place that C++ knows as \name_at.
.macro here name
  .globl \name\()_at
  \name\()_at:
.endm

// What a system call of the monitor's own leaves in rcx, which was TEST_FILLED + 14 before it.
//
// Callers: the monitor
// PKRU before: the monitor's
// PKRU after: the same
//
// FROM: call
// PKRU: the monitor's
.function test_rcx_behind_syscall
  pushq $__NR_getpid // its last argument
  movabsq $TEST_FILLED + 14, %rcx
  call rt_sys_call
  popq %rdx
  movq %rcx, %rax
  ret
.end_function test_rcx_behind_syscall

provoke test_read
here test_read
  movb (%rdi), %al
  movzbl %al, %eax
  ret
.end_function test_read

provoke test_write
here test_write
  movb $0x5a, (%rdi)
  jmp .Lprovoke_back
.end_function test_write

provoke test_execute
here test_execute
  jmp *%rdi
.end_function test_execute

// FROM: call, and by .Lprovoke_back every function above and below that has nothing more to do
// PKRU: the domain's
.function test_returns
.Lprovoke_back:
  movl $1, %eax
  ret
.end_function test_returns

provoke test_push
  movq %rsp, %rbx
  movq %rdi, %rsp
here test_push
  pushq %rax
  movq %rbx, %rsp
  jmp .Lprovoke_back
.end_function test_push

.function test_divide
  fill
  movl %esi, %eax
  cltd
here test_divide
  idivl %edi
  ret
.end_function test_divide

provoke test_recurse
.Lrecurse_again:
  decq %rdi
  js .Lprovoke_back
here test_recurse
  call .Lrecurse_again
  ret
.end_function test_recurse

provoke_if_told test_ud2
here test_ud2
  ud2
.end_function test_ud2

provoke_if_told test_int3
  int3
here test_int3
  ud2
.end_function test_int3

provoke_if_told test_hlt
here test_hlt
  hlt
  ud2
.end_function test_hlt

provoke_if_told test_cli
here test_cli
  cli
  ud2
.end_function test_cli

provoke_if_told test_step
  pushfq
  orq $0x100, (%rsp)
  popfq
  nop
here test_step
  ud2
.end_function test_step

provoke_if_told test_syscall
  movl $0x123, %eax
  syscall
here test_syscall
  ud2
.end_function test_syscall

provoke_if_told test_int80
  movl $0x123, %eax
  int $0x80
here test_int80
  ud2
.end_function test_int80

provoke_if_told test_flags
  pushq $0x44402
  popfq
here test_flags
  ud2
.end_function test_flags

provoke_if_told test_float
  fninit
  pushq $0x33b // as fninit leaves it, but division by zero unmasked
  fldcw (%rsp)
  popq %rax
  movabsq $TEST_FILLED + 13, %rax
  fld1
  fldz
  fdivrp
here test_float
  fwait
  ud2
.end_function test_float

// The permitted access is the aligned one; AC is cleared, because no gate returns with it.
provoke test_misaligned
  pushfq
  orq $0x40000, (%rsp)
  popfq
here test_misaligned
  movq (%rdi), %rax
  pushfq
  andq $~0x40000, (%rsp)
  popfq
  ret
.end_function test_misaligned

  .section .note.GNU-stack, "", @progbits
