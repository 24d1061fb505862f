/// Holds every register for a while, and shows what they are then.
#include "crt/assembly.h"
#include "rt/base/pkru_values.h"
#include "rt/base/slot.h"
#include "tests/attack/patterns.h"
#include "tests/rt/signal/hold.h"

  .section .text.test_hold, "ax", @progbits

// Fills every register and the flags, counts, and dumps them all.
//
// Prototype: uint64_t test_hold(uint64_t count, uint64_t dump, uint64_t flags); 1
// Callers: tests/rt/signal/registers.cc, in the monitor and in domains
// PKRU before: the caller's
// PKRU after: the same
//
// FROM: call
// PKRU: unknown; nothing here changes it. LIVE: rdi = count, rsi = dump, rdx = flags to hold
.function test_hold
  push_callee_saved
  movq %rsp, %rbx
  pushq %rsi
  pushq %rdi
  pushq %rdx
  subq $8, %rsp
  stmxcsr (%rsp)
  fnstcw 4(%rsp)
  movq %rsp, %rax
  subq $TEST_HOLD_BYTES, %rsp
  andq $-64, %rsp
  movq %rax, %r8
  movq %rsp, %rdi
  xorl %eax, %eax
  movl $TEST_HOLD_BYTES / 8, %ecx
  rep stosq
  // Below the dump: a word for its flags, and the words that are needed after it.
  movq %rbx, -16(%rsp)
  movq %r8, -24(%rsp)
  subq $24, %rsp
  fill_vectors domain
  movq 16(%r8), %rcx // count
  pushq 8(%r8)       // flags
  fill_general domain, TEST_CALLEE_SAVED, rax, rdx, rsi, rdi, r8, r9, r10, r11
  popfq
  // FROM: fall
  // PKRU: unknown; nothing here changes it. Every register holds the pattern, rcx counts.
  .globl test_hold_loop
test_hold_loop:
  loop test_hold_loop
  leaq 24(%rsp), %rsp
  dump %rsp
  pushq $2
  popfq
  movq -24(%rsp), %r8
  movq -16(%rsp), %rbx
  movq 24(%r8), %rdi // dump
  movq %rsp, %rsi
  movl $TEST_HOLD_BYTES / 8, %ecx
  rep movsq
  ldmxcsr (%r8)
  fninit
  fldcw 4(%r8)
  movq %rbx, %rsp
  movl $1, %eax
  pop_callee_saved
  ret
.end_function test_hold

  .section .rodata.test_hold, "a", @progbits
  .balign 64
test_domain_pattern:
  .rept 8
  .quad TEST_DOMAIN_PATTERN
  .endr
test_domain_mxcsr:
  .long TEST_DOMAIN_MXCSR
test_domain_x87:
  .word TEST_DOMAIN_X87

  .section .note.GNU-stack, "", @progbits
