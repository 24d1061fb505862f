/// System call instructions of the attacker's own, one per way into the kernel.
#include "crt/assembly.h"

  .section .text.attack_syscalls, "ax", @progbits

// Each goes home when the kernel has served it.
//
// FROM: malice
// PKRU: alice's. LIVE: rax = number, argument registers
.function attack_syscall
  syscall
  jmp attack_landing
.end_function attack_syscall

// FROM: malice
// PKRU: alice's
.function attack_int80
  int $0x80
  jmp attack_landing
.end_function attack_int80

// FROM: malice
// PKRU: alice's
.function attack_sysenter
  sysenter
  jmp attack_landing
.end_function attack_sysenter

  .section .note.GNU-stack, "", @progbits
