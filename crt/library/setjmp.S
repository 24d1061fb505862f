/// setjmp and longjmp: jumps inside one domain, on its own stack. No view changes.
///
/// The buffer holds rbx, rbp, r12 to r15, the caller's rsp and its rip, in this order. A domain that
/// fills it itself jumps where it could jump anyway.
#include "crt/assembly.h"
#include "crt/library/stop.h"

#define JUMP_RBX 0
#define JUMP_RBP 8
#define JUMP_R12 16
#define JUMP_R13 24
#define JUMP_R14 32
#define JUMP_R15 40
#define JUMP_RSP 48
#define JUMP_RIP 56

  .macro .also name, of
  .weak \name
  .type \name, @function
  .set \name, \of
  .endm

  .section .text.library_setjmp, "ax", @progbits

// Prototype: int _setjmp(jmp_buf place)
// Callers: code of domains
// PKRU before: the domain's view
// PKRU after: the same
//
// FROM: call, malice
// PKRU: unknown, a domain's; nothing here changes it. Atlas: rdi = the buffer, which is written
//   under that view.
.function library_setjmp
  movq %rbx, JUMP_RBX(%rdi)
  movq %rbp, JUMP_RBP(%rdi)
  movq %r12, JUMP_R12(%rdi)
  movq %r13, JUMP_R13(%rdi)
  movq %r14, JUMP_R14(%rdi)
  movq %r15, JUMP_R15(%rdi)
  leaq 8(%rsp), %rdx
  movq %rdx, JUMP_RSP(%rdi)
  movq (%rsp), %rdx
  movq %rdx, JUMP_RIP(%rdi)
  xorl %eax, %eax
  ret
.end_function library_setjmp
  .also setjmp, library_setjmp
  .also _setjmp, library_setjmp
  .also __sigsetjmp, library_setjmp

  .section .text.library_longjmp, "ax", @progbits

// Prototype: [[noreturn]] void longjmp(jmp_buf place, int value)
// Callers: code of domains
// PKRU before: the domain's view
// PKRU after: the same
//
// FROM: call, library_longjmp_checked, malice
// PKRU: unknown, a domain's; nothing here changes it. Atlas: rdi = the buffer, read under that
//   view; esi = what setjmp is to return, 1 in place of 0.
.function library_longjmp
  movl %esi, %eax
  cmpl $1, %esi
  adcl $0, %eax
  movq JUMP_RBX(%rdi), %rbx
  movq JUMP_RBP(%rdi), %rbp
  movq JUMP_R12(%rdi), %r12
  movq JUMP_R13(%rdi), %r13
  movq JUMP_R14(%rdi), %r14
  movq JUMP_R15(%rdi), %r15
  movq JUMP_RSP(%rdi), %rsp
  jmpq *JUMP_RIP(%rdi)
.end_function library_longjmp
  .also longjmp, library_longjmp
  .also _longjmp, library_longjmp
  .also siglongjmp, library_longjmp

  .section .text.library_longjmp_checked, "ax", @progbits

// Prototype: [[noreturn]] void __longjmp_chk(jmp_buf place, int value)
// Callers: code of domains that was built with _FORTIFY_SOURCE
// PKRU before: the domain's view
// PKRU after: the same
//
// FROM: call, malice
// PKRU: unknown, a domain's; nothing here changes it. Atlas: as longjmp. A frame below the caller's has returned: jumping into it
//   is an overrun.
.function library_longjmp_checked
  cmpq %rsp, JUMP_RSP(%rdi)
  ja library_longjmp
  STOP(STOP_OVERRUN, "longjmp: into a function that has returned")
.end_function library_longjmp_checked
  .also __longjmp_chk, library_longjmp_checked

  .section .note.GNU-stack, "", @progbits
