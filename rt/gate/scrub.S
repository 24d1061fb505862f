/// The wipe of registers as a function, and the constants that gates load.
#include "crt/assembly.h"
#include "rt/gate/control_words.h"
#include "rt/gate/wipe.h"

  .section .rodata.rt_gate_scrub, "a", @progbits
  .balign 4
  .globl rt_gate_zero, rt_gate_start_mxcsr, rt_gate_start_x87
rt_gate_zero:
  .float 0
rt_gate_start_mxcsr:
  .long RT_START_MXCSR
rt_gate_start_x87:
  .word RT_START_X87

  .section .gate.scrub, "ax", @progbits

// Zeroes all vector, mask, MMX and x87 data registers.
//
// Prototype: none; clobbers rax and flags only, besides what it wipes
// Callers: the distrusting paths of enter.S, service.S and cross.S; leave.S, which every call runs and
//   where it counts, has the macro itself
// PKRU before: any
// PKRU after: the same
//
// FROM: call, malice
// PKRU: unknown; a domain that comes here wipes its own registers.
.function rt_gate_scrub
  wipe_registers scrub
  ret
  wipe_rarely scrub
.end_function rt_gate_scrub

  .section .note.GNU-stack, "", @progbits
