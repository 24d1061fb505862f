/// Going on after an access of the monitor's that faulted.
#include "crt/assembly.h"
#include "rt/trap/fix_up.h"

  .section .trap.fix_up, "ax", @progbits

// Goes on at `to` with the registers of the interrupted monitor code, except rax, and its control words,
// under the monitor's view: the window that was open is closed. The stack that it leaves is wiped, because it
// has copies of those registers and domains may read it.
//
// Prototype: [[noreturn]] void rt_trap_fix_up(const Registers *registers, uint64_t to, const void *fpstate,
//                                             uint64_t wiped_bytes, void *wiped)
// Callers: rt/trap/handle.cc, which has found `to` in the exception table; on the alternate stack
// PKRU before: the monitor's
// PKRU after: the same
//
// FROM: call, malice
// PKRU: unknown; nothing here changes it. A domain that jumps here loads its own registers from what it
//   may read and goes where it could have gone anyway.
// LIVE: rdi = the interrupted registers; rsi = where to go on; rdx = the frame's image of x87 and SSE; rcx, r8 =
//   bytes to wipe, and where; all but r8's on the stack that is left
.function rt_trap_fix_up
  .cfi_undefined rip
  // The kernel starts a handler with control words of its own, and a callee keeps them [psabi 3.2.1].
  fldcw fpstate_x87(%rdx)
  ldmxcsr fpstate_mxcsr(%rdx)
  // `to` and the registers are stored below the interrupted rsp, where no access of the exception table has
  // anything. Once rsp has left the alternate stack, the next signal's frame may overwrite the memory at rdi.
  movq registers_rsp(%rdi), %rax
  movq %rsi, -8(%rax)
  movq %rdi, %rsi
  leaq -8 - registers_bytes(%rax), %rdi
  movq %rdi, %rax
  movq %rcx, %rdx
  movl $registers_bytes / 8, %ecx
  rep movsq
  movq %rax, %rsp
  // Atlas update: rsp = the monitor's own stack, with the registers and `to` on top of them; rdx, r8 = bytes to
  //   wipe, and where. A signal that comes meanwhile finds no frame there that is still needed.
  movq %rdx, %rcx
  movq %r8, %rdi
  xorl %eax, %eax
  rep stosb
  movq registers_r8(%rsp), %r8
  movq registers_r9(%rsp), %r9
  movq registers_r10(%rsp), %r10
  movq registers_r11(%rsp), %r11
  movq registers_r12(%rsp), %r12
  movq registers_r13(%rsp), %r13
  movq registers_r14(%rsp), %r14
  movq registers_r15(%rsp), %r15
  movq registers_rdi(%rsp), %rdi
  movq registers_rsi(%rsp), %rsi
  movq registers_rbp(%rsp), %rbp
  movq registers_rbx(%rsp), %rbx
  movq registers_rdx(%rsp), %rdx
  movq registers_rcx(%rsp), %rcx
  leaq registers_bytes(%rsp), %rsp
  ret
.end_function rt_trap_fix_up

  .section .note.GNU-stack, "", @progbits
