/// What the hostile domain does by assembly.
#include "crt/assembly.h"

  .section .text.spaces_hostile, "ax", @progbits

// Gives up the core, by the stub's one `syscall`, which goes on at r15.
//
// Prototype: void spaces_yield()
// Callers: hostile.cc, in a child
// PKRU before: unknown; a child's memory has key 0
// PKRU after: the same
//
// FROM: call
// PKRU: unknown
.function spaces_yield
  .push %r15
  movl $24, %eax // sched_yield
  leaq .Lspaces_yielded(%rip), %r15
  jmp rt_space_stub_syscall
  // FROM: malice (and the `syscall`, by r15)
  // PKRU: unknown
.Lspaces_yielded:
  popq %r15
  .cfi_adjust_cfa_offset -8
  .cfi_restore %r15
  ret
.end_function spaces_yield

  .section .note.GNU-stack, "", @progbits
