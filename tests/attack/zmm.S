/// A whole forged frame in zmm16 to zmm31, which XSAVE stores as one run of bytes.
#include "crt/assembly.h"

  .section .text.attack_plant_zmm, "ax", @progbits

// Loads zmm16 to zmm31 from attack_zmm_words and raises a genuine fault.
//
// Prototype: uint64_t attack_plant_zmm(); never returns
// Callers: tests/attack/frames.cc, in the domain alice, where AVX-512 is enabled
// PKRU before: alice's
// PKRU after: -
//
// FROM: call
// PKRU: alice's
.function attack_plant_zmm
  .irp number, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
  vmovdqu64 attack_zmm_words + 64 * (\number - 16)(%rip), %zmm\number
  .endr
  ud2
.end_function attack_plant_zmm

  .section .bss..postern.alice, "aw", @nobits
  .balign 64
  .globl attack_zmm_words
attack_zmm_words:
  .skip 1024

  .section .note.GNU-stack, "", @progbits
