/// Signal handlers that the kernel enters, and the raw clone.
#include "crt/assembly.h"
#include "tests/kernel/notes.h"

  .section .text.kernel_handlers, "ax", @progbits

// A handler that touches its stack only after it has opened every key.
//
// Prototype: none; the kernel enters it as a signal handler
// Callers: the kernel; rsp = the frame
// PKRU before: what the experiment asks for
// PKRU after: the frame's, by rt_sigreturn
//
// FROM: signal
// PKRU: the kernel's choice. The notes lie on key 0.
.function kernel_handler
  movq kernel_notes(%rip), %r9
  incl NOTES_ENTERED(%r9)
  xorl %ecx, %ecx
  rdpkru
  movl %eax, %esi
  xorl %eax, %eax
  wrpkru
  // FROM: fall, kernel_handler_naive
  // PKRU: open, or, from the naive one, the kernel's choice. LIVE: rsp = frame, esi = PKRU at entry
.Lhandler_frame:
  movq %rsp, %rbx
  movq %rsp, %rdi
  andq $-16, %rsp
  call kernel_handle
  // Atlas update: eax = the PKRU to make the system call with.
  leaq 8(%rbx), %rsp
  xorl %ecx, %ecx
  xorl %edx, %edx
  wrpkru
  movl $15, %eax // rt_sigreturn
  syscall
  ud2
.end_function kernel_handler

// A handler as a compiler writes it: its first act is a push.
//
// Prototype: none; the kernel enters it as a signal handler
// Callers: the kernel; rsp = the frame
// PKRU before: what the experiment asks for
// PKRU after: the frame's, by rt_sigreturn
//
// FROM: signal
// PKRU: the kernel's choice. The notes lie on key 0.
.function kernel_handler_naive
  movq kernel_notes(%rip), %r9
  incl NOTES_ENTERED(%r9)
  pushq %rbx
  popq %rbx
  xorl %ecx, %ecx
  rdpkru
  movl %eax, %esi
  jmp .Lhandler_frame
.end_function kernel_handler_naive

// Starts a thread, or a process that shares memory, by a raw clone.
//
// Prototype: long kernel_clone(uint64_t flags, void *stack_end, void (*body)(uint32_t pkru))
//   the kernel's answer; the body gets the PKRU that the thread began with, and its return ends it
// Callers: C++, in a child process
// PKRU before: any that has stack and data open
// PKRU after: the same
//
// FROM: call
// PKRU: any that has stack and data open
.function kernel_clone
  movq %rdx, %r9
  xorl %edx, %edx
  xorl %r10d, %r10d
  xorl %r8d, %r8d
  movl $56, %eax // clone
  syscall
  testq %rax, %rax
  jz .Lclone_begin
  ret
  // FROM: kernel_clone
  // PKRU: as the kernel gave it to the new thread
.Lclone_begin:
  .cfi_undefined rip
  xorl %ebp, %ebp
  xorl %ecx, %ecx
  rdpkru
  movl %eax, %edi
  callq *%r9
  xorl %edi, %edi
  movl $60, %eax // exit, of this thread alone
  syscall
  ud2
.end_function kernel_clone

  .section .note.GNU-stack, "", @progbits
