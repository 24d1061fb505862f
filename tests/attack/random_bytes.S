/// Random bytes as code, the same in each build, for domains that run them.
#include "crt/assembly.h"

#define RANDOM_BYTES 65536
#define RANDOM_SEED 0x706f737465726e

// Knuth's generator, its highest byte. Bytes that the verifier forbids become a nop: `01 ef`, which ends
// wrpkru, `ae` after `0f`, which begins xrstor and wrgsbase, and both after the prefix d5 [sdm-2 REX2].
.macro random_byte
  .set random_state, random_state * 6364136223846793005 + 1442695040888963407
  .set random_now, (random_state >> 56) & 0xff
  .if (random_now == 0xef && random_last == 0x01) || (random_now == 0xae && (random_last == 0x0f || random_before == 0xd5))
  .set random_now, 0x90
  .endif
  .byte random_now
  .set random_before, random_last
  .set random_last, random_now
.endm

  .section .text.attack_random_bytes, "ax", @progbits
  .globl attack_random_bytes, attack_random_bytes_end
  // FROM: malice
  // PKRU: alice's
attack_random_bytes:
  .set random_state, RANDOM_SEED
  .set random_last, 0
  .set random_before, 0
  .rept RANDOM_BYTES
  random_byte
  .endr
  // FROM: fall, malice
  // PKRU: alice's. Whoever gets here runs into traps, longer than any instruction.
attack_random_bytes_end:
  .fill 32, 1, 0xcc

  .section .note.GNU-stack, "", @progbits
