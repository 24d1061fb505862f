/// The restorer: the address to which a signal handler returns.
#include "crt/assembly.h"

  .section .trap.restore, "ax", @progbits

// Debuggers recognise the return from a signal by this name and these bytes, and look one byte before
// the address on the stack: that byte must belong to this section.
  nop

// Prototype: none; the return address of every signal frame
// Callers: rt_trap_return; no handler of ours ends with a ret
// PKRU before: the monitor's
// PKRU after: the interrupted one, from the frame
//
// FROM: call, fall, rt_trap_return, malice
// PKRU: unknown. A domain that jumps here meets a closed selector at the `syscall`: Fault{syscall};
//   without dispatch the filter refuses, because rdi is not the word: the same.
// LIVE: rsp = the frame behind its restorer word, rdi = the call word
  .globl __restore_rt
  .type __restore_rt, @function
__restore_rt:
  movq $15, %rax // rt_sigreturn
  syscall
  // FROM: fall, malice
  // PKRU: unknown. The call does not come back; the ud2 is the fault of whoever jumps here.
  .globl rt_trap_behind_sigreturn
rt_trap_behind_sigreturn:
  ud2
  .size __restore_rt, . - __restore_rt

  .section .note.GNU-stack, "", @progbits
