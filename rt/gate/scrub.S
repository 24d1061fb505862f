/// Wipes what a distrusting gate must not carry: vector, mask and x87 registers.
#include "crt/assembly.h"
#include "rt/base/slot.h"
#include "rt/gate/control_words.h"

  .section .rodata.rt_gate_scrub, "a", @progbits
  .balign 4
.Lscrub_zero:
  .float 0
  .globl rt_gate_start_mxcsr, rt_gate_start_x87
rt_gate_start_mxcsr:
  .long RT_START_MXCSR
rt_gate_start_x87:
  .word RT_START_X87

  .section .gate.scrub, "ax", @progbits

// Zeroes all vector, mask, MMX and x87 data registers, as deep as the processor state that the kernel
// has enabled. The control words are left to the caller, who knows which ones come next.
//
// Prototype: none; clobbers rax and flags only, besides what it wipes
// Callers: the distrusting paths of enter.S, leave.S and service.S
// PKRU before: any
// PKRU after: the same
//
// FROM: call, malice
// PKRU: unknown; a domain that comes here wipes its own registers. The x87 status is read without
//   waiting: a domain may have left an unmasked exception pending, and the next waiting instruction
//   would raise it here [sdm-1 8.6]. Any status but the stack's top is rare and costs a full reset.
.function rt_gate_scrub
  fnstsw %ax
  testl $0xc7ff, %eax
  jnz .Lscrub_status
  // FROM: fall, .Lscrub_status, malice
  // PKRU: unknown; nothing here changes it.
.Lscrub_data:
  .irp number, 0, 1, 2, 3, 4, 5, 6, 7
  pxor %mm\number, %mm\number
  .endr
  // Every MMX instruction marks all eight registers as in use and puts the stack's top at 0
  // [sdm-1 9.5.1]; eight pops free them, at two cycles less than emms.
  .rept 8
  fstp %st(0)
  .endr
  // The address of the last x87 instruction becomes that of the pop below. Its operand's address and its
  // opcode become ours where processors record them always; newer ones (CPUID.7.0:EBX[6]) record them
  // when an unmasked exception is raised, and only fninit at the price of a wrpkru pair would clear
  // them. There they hold what a domain left that has unmasked, raised and cleared an exception itself,
  // and nothing of any other: an exception that is not cleared ends the call, and the trap starts anew.
  flds .Lscrub_zero(%rip)
  fstp %st(0)
  cmpl $RT_DEPTH_AVX, %gs:slot_depth
  jb .Lscrub_sse
  // VEX forms zero the whole register, zmm0 to zmm15 included [sdm-1 14.3].
  .irp number, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
  vpxor %xmm\number, %xmm\number, %xmm\number
  .endr
  je .Lscrub_done
  .irp number, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
  vpxord %zmm\number, %zmm\number, %zmm\number
  .endr
  .irp number, 0, 1, 2, 3, 4, 5, 6, 7
  kxorq %k\number, %k\number, %k\number
  .endr
  // FROM: .Lscrub_data, fall, malice
  // PKRU: unknown; nothing here changes it.
.Lscrub_done:
  vzeroupper
  ret
  // FROM: .Lscrub_data, malice
  // PKRU: unknown; nothing here changes it.
.Lscrub_sse:
  .irp number, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
  pxor %xmm\number, %xmm\number
  .endr
  ret
  // FROM: rt_gate_scrub, malice
  // PKRU: unknown; nothing here changes it.
.Lscrub_status:
  fninit
  jmp .Lscrub_data
.end_function rt_gate_scrub

  .section .note.GNU-stack, "", @progbits
