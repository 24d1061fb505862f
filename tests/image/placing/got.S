/// GOT references as distribution libraries make them: a linker that turns one into a 32-bit immediate
/// cannot link it at the high base.
#include "crt/assembly.h"

  .section .text.image_is_in_got, "ax", @progbits

// Compares with the address that the GOT holds, by each kind of instruction that a linker relaxes.
//
// Prototype: uint64_t image_is_in_got(uint64_t address)
//   1 if all of them agree that `address` is archived::initialised
// Callers: tests/image/placing/placing.cc
// PKRU before: the monitor's
// PKRU after: the same
//
// FROM: call
// PKRU: the caller's
// LIVE: rdi = address
.function image_is_in_got
  xorl %eax, %eax
  cmpq _ZN8archived11initialisedE@GOTPCREL(%rip), %rdi
  jne .Lgot_done
  movq %rdi, %rcx
  subq _ZN8archived11initialisedE@GOTPCREL(%rip), %rcx
  jnz .Lgot_done
  movq _ZN8archived11initialisedE@GOTPCREL(%rip), %rcx
  cmpq %rdi, %rcx
  jne .Lgot_done
  testq %rdi, _ZN8archived11initialisedE@GOTPCREL(%rip)
  jz .Lgot_done
  movl $1, %eax
  // FROM: image_is_in_got, fall
  // PKRU: the caller's
.Lgot_done:
  ret
.end_function image_is_in_got

  .section .note.GNU-stack, "", @progbits
