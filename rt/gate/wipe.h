/// The wipe of the registers that an untrusted gate must not carry: vector, mask, MMX and x87 data
/// registers, as far as the kernel has enabled the processor's state.
#pragma once

#include "rt/base/slot.h"
#include "rt/patch/alternative.h"

#ifdef __ASSEMBLER__
// clang-format off

// Wipes and goes on after itself; clobbers rax and flags, besides the wiped registers. The control words are
// left to the user, who knows which ones come next. \name makes the labels unique; `wipe_rarely \name` goes
// after the function's last instruction.
//
// The x87 status is read without waiting. A domain may have left an unmasked exception pending, and the next
// waiting instruction would raise it here [sdm-1 8.6]. Status bits other than the stack's top are rarely set,
// and cost a full reset.
.macro wipe_registers name
  fnstsw %ax
  testl $0xc7ff, %eax
  jnz .Lwipe_\name\()_status
  // FROM: fall, .Lwipe_\name\()_status, malice
  // PKRU: unknown; nothing here changes it.
.Lwipe_\name\()_data:
  .irp number, 0, 1, 2, 3, 4, 5, 6, 7
  pxor %mm\number, %mm\number
  .endr
  // Every MMX instruction marks all eight registers as in use and puts the stack's top at 0
  // [sdm-1 9.5.1]; eight pops free them, at less than emms.
  .rept 8
  fstp %st(0)
  .endr
  // The address of the last x87 instruction becomes that of the pop below. Some processors record operand
  // address and opcode always, and there both become ours. Newer ones (CPUID.7.0:EBX[6]) record them only
  // when an unmasked exception is raised. There they keep what a domain left that has unmasked, raised and
  // cleared an exception itself; only fninit would clear them, at the price of a wrpkru pair. Nothing of
  // other code is left: an exception that is not cleared ends the call, and the trap starts with a fresh
  // state.
  flds %gs:slot_x87_zero
  fstp %st(0)
  // FROM: fall, malice
  // PKRU: unknown; nothing here changes it. As the file has it, the wipe asks how deep to go; patched, it
  //   knows (rt/patch).
.Lwipe_\name\()_depth:
  cmpl $RT_WIPE_AVX, %gs:slot_wipe_level
  jb .Lwipe_\name\()_sse
  jump_where wipe_sse, .Lwipe_\name\()_depth, .Lwipe_\name\()_sse
  nop_where wipe_avx, .Lwipe_\name\()_depth
  nop_where wipe_avx512, .Lwipe_\name\()_depth
  // VEX forms zero the whole register, zmm0 to zmm15 included [sdm-1 14.3].
  .irp number, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
  vpxor %xmm\number, %xmm\number, %xmm\number
  .endr
  // FROM: fall, malice
  // PKRU: unknown; nothing here changes it.
.Lwipe_\name\()_deeper:
  je .Lwipe_\name\()_avx
  jump_where wipe_avx, .Lwipe_\name\()_deeper, .Lwipe_\name\()_avx
  nop_where wipe_avx512, .Lwipe_\name\()_deeper
  .irp number, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
  vpxord %zmm\number, %zmm\number, %zmm\number
  .endr
  .irp number, 0, 1, 2, 3, 4, 5, 6, 7
  kxorq %k\number, %k\number, %k\number
  .endr
  // FROM: .Lwipe_\name\()_deeper, fall, malice
  // PKRU: unknown; nothing here changes it.
.Lwipe_\name\()_avx:
  vzeroupper
  // FROM: fall, .Lwipe_\name\()_sse, malice
  // PKRU: unknown; nothing here changes it.
.Lwipe_\name\()_done:
.endm

// The parts of `wipe_registers \name` that are rarely run.
.macro wipe_rarely name
  // FROM: .Lwipe_\name\()_depth, malice
  // PKRU: unknown; nothing here changes it.
.Lwipe_\name\()_sse:
  .irp number, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
  pxor %xmm\number, %xmm\number
  .endr
  jmp .Lwipe_\name\()_done
  // FROM: fall, malice
  // PKRU: unknown; nothing here changes it. Whoever is here has an x87 status that is not the start's.
.Lwipe_\name\()_status:
  fninit
  jmp .Lwipe_\name\()_data
.endm

// clang-format on
#endif
