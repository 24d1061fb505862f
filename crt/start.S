/// The first instruction: from the kernel's stack onto the monitor's, then rt.
#include "crt/assembly.h"

  .section .text.crt_start, "ax", @progbits

// Prototype: none; the kernel jumps here. Never returns.
// Callers: execve
// PKRU before: the kernel's default for a new program
// PKRU after: the same
//
// FROM: signal, malice
// PKRU: unknown; nothing here changes it. Atlas: rsp = argc, argv, envp, auxv as the kernel laid
//   them out [psabi 3.4.1]; every other register is undefined. A domain that jumps here runs
//   crt_begin under its own view, whose first system call is dispatched: Fault{syscall}.
.function crt_start
  .cfi_undefined rip
  xorl %ebp, %ebp
  movq %rsp, %rdi
  andq $-16, %rsp
  call crt_begin
  // Atlas update: rax = the Handoff in monitor memory; the kernel's stack is done with.
  movabsq $__monitor_stack_end, %rsp // may be out of reach of rip-relative addresses
  movq %rax, %rdi
  call rt_start // never returns
  ud2
.end_function crt_start

  .section .note.GNU-stack, "", @progbits
