/// The patterns with which the register tests fill every register: three, one for each party.
#pragma once

// Patterns of the monitor, of the domain that it calls, and of the domain to which a cross call
// leads.
#define TEST_MONITOR_PATTERN 0x4d4f4e49544f5221
#define TEST_DOMAIN_PATTERN 0x444f4d41494e2121
#define TEST_CALLEE_PATTERN 0x43414c4c45452121
// Rounding modes of their own, all exceptions masked; domains also leave sticky flags set.
#define TEST_MONITOR_MXCSR 0x3f80
#define TEST_DOMAIN_MXCSR 0x5fbf
#define TEST_CALLEE_MXCSR 0x7fbf
#define TEST_MONITOR_X87 0x077f
#define TEST_DOMAIN_X87 0x0b7f
#define TEST_CALLEE_X87 0x0f7f
// CF, PF, AF, ZF, SF, OF.
#define TEST_FLAGS 0x8d7
// Offset of the XSAVE area in a dump: general registers and flags come first.
#define TEST_DUMP_STATE 128

#ifdef __ASSEMBLER__
// clang-format off

// Fills vector, mask, x87 registers, x87 pointers and control words with a pattern; clobbers flags.
.macro fill_vectors whose
  fninit
  .irp number, 0, 1, 2, 3, 4, 5, 6
  fldpi
  .endr
  fldl test_\whose\()_pattern(%rip)
  fldcw test_\whose\()_x87(%rip)
  ldmxcsr test_\whose\()_mxcsr(%rip)
  cmpl $RT_WIPE_AVX, %gs:slot_wipe_level
  ja .Lfill_avx512_\@
  je .Lfill_avx_\@
  .irp number, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
  movups test_\whose\()_pattern(%rip), %xmm\number
  .endr
  jmp .Lfill_done_\@
  .Lfill_avx_\@:
  .irp number, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
  vmovups test_\whose\()_pattern(%rip), %ymm\number
  .endr
  jmp .Lfill_done_\@
  .Lfill_avx512_\@:
  .irp number, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
  vmovups test_\whose\()_pattern(%rip), %zmm\number
  .endr
  .irp number, 0, 1, 2, 3, 4, 5, 6, 7
  kmovq test_\whose\()_pattern(%rip), %k\number
  .endr
  .Lfill_done_\@:
.endm

// Fills those of the given general registers, and the flags.
.macro fill_general whose, registers:vararg
  .irp register, \registers
  movq test_\whose\()_pattern(%rip), %\register
  .endr
  pushq $TEST_FLAGS
  popfq
.endm
#define TEST_CALLEE_SAVED rbx, rbp, r12, r13, r14, r15
#define TEST_SCRATCH rax, rcx, rdx, rsi, rdi, r8, r9, r10, r11

// Stores all general registers and the flags at \base, which is a register, and the state
// components after them. Clobbers rax, rdx.
.macro dump base
  movq %rax, 0(\base)
  movq %rbx, 8(\base)
  movq %rcx, 16(\base)
  movq %rdx, 24(\base)
  movq %rsi, 32(\base)
  movq %rdi, 40(\base)
  movq %rbp, 48(\base)
  movq %r8, 56(\base)
  movq %r9, 64(\base)
  movq %r10, 72(\base)
  movq %r11, 80(\base)
  movq %r12, 88(\base)
  movq %r13, 96(\base)
  movq %r14, 104(\base)
  movq %r15, 112(\base)
  pushfq
  popq 120(\base)
  movl $0xe7, %eax
  xorl %edx, %edx
  xsave64 TEST_DUMP_STATE(\base)
.endm

.macro push_callee_saved
  .irp register, TEST_CALLEE_SAVED
  pushq %\register
  .endr
.endm
.macro pop_callee_saved
  .irp register, r15, r14, r13, r12, rbp, rbx
  popq %\register
  .endr
.endm

// clang-format on
#endif
