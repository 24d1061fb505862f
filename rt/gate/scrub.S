/// The wipe of registers as a function.
#include "crt/assembly.h"
#include "rt/gate/wipe.h"

  .section .gate.scrub, "ax", @progbits

// Zeroes all vector, mask, MMX and x87 data registers.
//
// Prototype: none; clobbers rax and flags only, besides what it wipes
// Callers: the untrusted paths of enter.S, service.S and cross.S; unwind.S; leave.S, which every call runs and
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
