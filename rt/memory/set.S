/// memset.
#include "crt/assembly.h"
#include "rt/patch/alternative.h"

  .section .memory.set, "ax", @progbits

// Fills rdx bytes, at least \width, by register 0 of that width. A longer fill than by eight goes by four whose
// stores are aligned, after an unaligned one and before four at the end. \finish is the last instruction before each
// return.
.macro set_by name, width, mov, register, finish
  \mov %\register\()0, (%rdi)
  \mov %\register\()0, -\width(%rdi, %rdx)
  cmpq $2 * \width, %rdx
  jbe .Lset_\name\()_done
  \mov %\register\()0, \width(%rdi)
  \mov %\register\()0, -2 * \width(%rdi, %rdx)
  cmpq $4 * \width, %rdx
  jbe .Lset_\name\()_done
  \mov %\register\()0, 2 * \width(%rdi)
  \mov %\register\()0, 3 * \width(%rdi)
  \mov %\register\()0, -3 * \width(%rdi, %rdx)
  \mov %\register\()0, -4 * \width(%rdi, %rdx)
  cmpq $8 * \width, %rdx
  jbe .Lset_\name\()_done
  leaq -4 * \width(%rdi, %rdx), %rdx
  subq $-4 * \width, %rdi
  andq $-\width, %rdi
  // FROM: fall, .Lset_\name\()_next, malice
  // PKRU: unknown, as above. LIVE: rax = to, rdi = where the loop is, rdx = where the last four registers went
.Lset_\name\()_next:
  \mov %\register\()0, (%rdi)
  \mov %\register\()0, \width(%rdi)
  \mov %\register\()0, 2 * \width(%rdi)
  \mov %\register\()0, 3 * \width(%rdi)
  subq $-4 * \width, %rdi
  cmpq %rdx, %rdi
  jb .Lset_\name\()_next
  // FROM: fall, set_by, malice
  // PKRU: unknown, as above.
.Lset_\name\()_done:
  \finish
  ret
.endm

// Fills bytes with one value.
//
// Prototype: void *memset(void *to, int value, size_t bytes)
//   to
// Callers: domains and the app's trusted code
// PKRU before: any
// PKRU after: the same
//
// FROM: call, malice
// PKRU: unknown; nothing here changes it. Code that comes here fills bytes under its own view.
// LIVE: rdi = to, esi = value, rdx = bytes
  .balign 64 // a cache line, so that timing does not depend on link order
.function memset
  movq %rdi, %rax
  // FROM: fall, malice
  // PKRU: unknown, as above. LIVE: rax rdi = to, esi = value, rdx = bytes
.Lset_choose:
  jmp .Lset_sse
  nop_where avx2, .Lset_choose
  cmpq $32, %rdx
  jb .Lset_short
  vmovd %esi, %xmm0
  vpbroadcastb %xmm0, %ymm0
  cmpq $128, %rdx
  ja .Lset_wide
  // FROM: fall, .Lset_wide, malice
  // PKRU: unknown, as above. LIVE: as there; ymm0 = the value
.Lset_avx:
  set_by avx, 32, vmovups, ymm, vzeroupper
  // FROM: .Lset_choose, malice
  // PKRU: unknown, as above. LIVE: as there; ymm0 = the value, rdx is above 128
.Lset_wide:
  jmp .Lset_avx
  nop_where avx512, .Lset_wide
  vpbroadcastq %xmm0, %zmm0
  set_by avx512, 64, vmovups, zmm, vzeroupper
  // FROM: .Lset_choose, malice
  // PKRU: unknown, as above. LIVE: as there
.Lset_sse:
  cmpq $16, %rdx
  jb .Lset_short
  movd %esi, %xmm0
  punpcklbw %xmm0, %xmm0
  pshuflw $0, %xmm0, %xmm0
  punpcklqdq %xmm0, %xmm0
  set_by sse, 16, movups, xmm,
  // FROM: .Lset_choose, .Lset_sse, malice
  // PKRU: unknown, as above. LIVE: as there; rdx is below 32
.Lset_short:
  movzbl %sil, %ecx
  movabsq $0x0101010101010101, %rsi
  imulq %rsi, %rcx
  cmpl $8, %edx
  jae .Lset_eight
  cmpl $4, %edx
  jae .Lset_four
  cmpl $1, %edx
  jb .Lset_none
  movb %cl, (%rdi)
  je .Lset_none
  movw %cx, -2(%rdi, %rdx)
  // FROM: fall, .Lset_short, malice
  // PKRU: unknown, as above.
.Lset_none:
  ret
  // FROM: .Lset_short, malice
  // PKRU: unknown, as above. LIVE: rax rdi = to, rcx = eight bytes of the value, rdx = bytes
.Lset_four:
  movl %ecx, (%rdi)
  movl %ecx, -4(%rdi, %rdx)
  ret
  // FROM: .Lset_short, malice
  // PKRU: unknown, as above. LIVE: rax rdi = to, rcx = eight bytes of the value, rdx = bytes
.Lset_eight:
  cmpl $16, %edx
  ja .Lset_sixteen
  movq %rcx, (%rdi)
  movq %rcx, -8(%rdi, %rdx)
  ret
  // FROM: .Lset_eight, malice
  // PKRU: unknown, as above. LIVE: as there
.Lset_sixteen:
  movq %rcx, (%rdi)
  movq %rcx, 8(%rdi)
  movq %rcx, -16(%rdi, %rdx)
  movq %rcx, -8(%rdi, %rdx)
  ret
.end_function memset

  .section .note.GNU-stack, "", @progbits
