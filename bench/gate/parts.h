/// Parts that the bench's own gates are made of, as macros, and the views that they switch between.
#pragma once

#include "crt/assembly.h"
#include "rt/base/pkru_values.h"
#include "rt/base/slot.h"

// The key of Domain::untrusted, which the bench's own gates enter, and of Domain::peer.
#define BENCH_KEY 2
#define BENCH_PEER_KEY 4
// The monitor's view with that domain also open.
#define BENCH_PKRU_BOTH (RT_PKRU_MONITOR & ~(3 << (2 * BENCH_KEY)))

#ifdef __ASSEMBLER__
// clang-format off

// Writes PKRU; eax, ecx and edx are what the instruction asks for [sdm-2 WRPKRU].
.macro switch_view view
  xorl %ecx, %ecx
  xorl %edx, %edx
  movl $\view, %eax
  wrpkru
.endm

// Zeroes the vector registers: 1 AVX, 2 AVX-512 where the kernel has enabled it. It branches on the
// same words as rt/gate/scrub.S, so that the floor runs on every machine on which the gate runs.
.macro wipe_vectors depth
  cmpl $RT_WIPE_AVX, %gs:slot_wipe_level
  jb .Lwipe_sse\@
  .irp number, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
  vpxor %xmm\number, %xmm\number, %xmm\number
  .endr
  .if \depth == 2
  je .Lwipe_avx\@
  .irp number, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
  vpxord %zmm\number, %zmm\number, %zmm\number
  .endr
  .irp number, 0, 1, 2, 3, 4, 5, 6, 7
  kxorq %k\number, %k\number, %k\number
  .endr
.Lwipe_avx\@:
  .endif
  vzeroupper
  jmp .Lwipe_done\@
.Lwipe_sse\@:
  .irp number, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
  pxor %xmm\number, %xmm\number
  .endr
.Lwipe_done\@:
.endm

// Gives MXCSR and the x87 control word their start values.
.macro load_control
  ldmxcsr bench_mxcsr(%rip)
  fldcw bench_x87_control(%rip)
.endm

// Zeroes the eight MMX registers and frees the x87 stack.
.macro wipe_x87
  .irp number, 0, 1, 2, 3, 4, 5, 6, 7
  pxor %mm\number, %mm\number
  .endr
  emms
.endm

.macro zero registers:vararg
  .irp register, \registers
  xorl %\register, %\register
  .endr
.endm

// clang-format on
#endif
