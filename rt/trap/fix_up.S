/// Going on behind an access of the monitor's that faulted.
#include "crt/assembly.h"
#include "rt/trap/fix_up.h"

  .section .trap.fix_up, "ax", @progbits

// Goes on at `to` with the registers of the interrupted monitor code, all but rax, and its control words,
// under the monitor's view: the window that was open is closed.
//
// Prototype: [[noreturn]] void rt_trap_fix_up(const Registers *registers, uint64_t to, const void *fpstate)
// Callers: rt/trap/handle.cc, which has found `to` in the exception table; on the alternate stack
// PKRU before: the monitor's
// PKRU after: the same
//
// FROM: call, malice
// PKRU: unknown; nothing here changes it. A domain that jumps here loads its own registers from what it
//   may read and goes where it could have gone anyway.
// LIVE: rdi = the interrupted registers; rsi = where to go on; rdx = the frame's image of x87 and SSE
.function rt_trap_fix_up
  .cfi_undefined rip
  // The kernel starts a handler with control words of its own, and a callee keeps them [psabi 3.2.1].
  fldcw fpstate_x87(%rdx)
  ldmxcsr fpstate_mxcsr(%rdx)
  movq registers_r8(%rdi), %r8
  movq registers_r9(%rdi), %r9
  movq registers_r10(%rdi), %r10
  movq registers_r11(%rdi), %r11
  movq registers_r12(%rdi), %r12
  movq registers_r13(%rdi), %r13
  movq registers_r14(%rdi), %r14
  movq registers_r15(%rdi), %r15
  movq registers_rbp(%rdi), %rbp
  movq registers_rbx(%rdi), %rbx
  movq registers_rdx(%rdi), %rdx
  movq registers_rcx(%rdi), %rcx
  // `to` goes below the interrupted rsp, where no access of the table has anything: once rsp has left the
  // alternate stack, the next signal's frame may lie where rdi leads.
  movq registers_rsp(%rdi), %rax
  movq %rsi, -8(%rax)
  movq registers_rsi(%rdi), %rsi
  movq registers_rdi(%rdi), %rdi
  leaq -8(%rax), %rsp
  ret
.end_function rt_trap_fix_up

  .section .note.GNU-stack, "", @progbits
