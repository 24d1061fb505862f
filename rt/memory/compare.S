/// memcmp and bcmp.
#include "crt/assembly.h"
#include "rt/patch/alternative.h"

  .section .memory.compare, "ax", @progbits

// Makes each byte of register \number a mask: ones where the bytes at \offset of rdi and of \right are equal.
.macro equal_sse offset, number, right="(%rsi)"
  movups \offset\right, %xmm\number
  movups \offset(%rdi), %xmm8
  pcmpeqb %xmm8, %xmm\number
.endm
.macro equal_avx offset, number, right="(%rsi)"
  vmovups \offset\right, %ymm\number
  vpcmpeqb \offset(%rdi), %ymm\number, %ymm\number
.endm

// Makes eax 0, and sets the zero flag, if all bytes of the mask in register \number are ones. Otherwise the lowest bit
// of eax is that of the first byte that is not, because adding one carries up to it.
.macro differs_sse number
  pmovmskb %xmm\number, %eax
  incw %ax
.endm
.macro differs_avx number
  vpmovmskb %ymm\number, %eax
  incl %eax
.endm

// Compares four registers of the left at rdi with those of the right at rdi + rsi. Masks 0 to 3 are left, and eax is as
// above, for all four.
.macro four_sse
  .irp number, 0, 1, 2, 3
  equal_sse \number * 16, \number, "(%rdi, %rsi)"
  .endr
  movaps %xmm0, %xmm4
  pand %xmm1, %xmm4
  pand %xmm2, %xmm4
  pand %xmm3, %xmm4
  differs_sse 4
.endm
.macro four_avx
  .irp number, 0, 1, 2, 3
  equal_avx \number * 32, \number, "(%rdi, %rsi)"
  .endr
  vpand %ymm0, %ymm1, %ymm4
  vpand %ymm2, %ymm3, %ymm5
  vpand %ymm4, %ymm5, %ymm4
  differs_avx 4
.endm

// Compares rdx bytes, at least \width, by registers of that width; more than eight of them in a loop by four, at aligned
// places of the left side. The last ones overlap those before. \finish is the last instruction before each return.
.macro compare_by name, width, finish
  cmpq $4 * \width, %rdx
  ja .Lcompare_\name\()_long
  equal_\name 0, 0
  differs_\name 0
  jnz .Lcompare_\name\()_found
  cmpq $2 * \width, %rdx
  ja .Lcompare_\name\()_four
  leaq -\width(%rdi, %rdx), %rdi
  leaq -\width(%rsi, %rdx), %rsi
  equal_\name 0, 0
  differs_\name 0
  jnz .Lcompare_\name\()_found
  \finish
  ret
  // FROM: compare_by, malice
  // PKRU: unknown, as above. LIVE: as above; the first register's bytes are equal
.Lcompare_\name\()_four:
  equal_\name \width, 1
  differs_\name 1
  jnz .Lcompare_\name\()_found_next
  leaq -2 * \width(%rdi, %rdx), %rdi
  leaq -2 * \width(%rsi, %rdx), %rsi
  equal_\name 0, 0
  differs_\name 0
  jnz .Lcompare_\name\()_found
  equal_\name \width, 1
  differs_\name 1
  jnz .Lcompare_\name\()_found_next
  \finish
  ret
  // FROM: compare_by, malice
  // PKRU: unknown, as above. LIVE: as above
.Lcompare_\name\()_long:
  leaq -4 * \width(%rdi, %rdx), %r8
  cmpq $8 * \width, %rdx
  ja .Lcompare_\name\()_many
  subq %rdi, %rsi
  four_\name
  jnz .Lcompare_\name\()_found_four
  // FROM: fall, .Lcompare_\name\()_loop, malice
  // PKRU: unknown, as above. LIVE: rsi = right - left, r8 = the last four registers of the left
.Lcompare_\name\()_last:
  movq %r8, %rdi
  four_\name
  jnz .Lcompare_\name\()_found_four
  \finish
  ret
  // FROM: .Lcompare_\name\()_long, malice
  // PKRU: unknown, as above. LIVE: as above; r8 = the last four registers of the left
.Lcompare_\name\()_many:
  equal_\name 0, 0
  differs_\name 0
  jnz .Lcompare_\name\()_found
  subq %rdi, %rsi
  addq $\width, %rdi
  andq $-\width, %rdi
  // FROM: fall, .Lcompare_\name\()_loop, malice
  // PKRU: unknown, as above. LIVE: rdi = where the loop is, rsi = right - left, r8 = the last four registers of the
  //   left
.Lcompare_\name\()_loop:
  four_\name
  jnz .Lcompare_\name\()_found_four
  addq $4 * \width, %rdi
  cmpq %r8, %rdi
  jb .Lcompare_\name\()_loop
  jmp .Lcompare_\name\()_last
  // FROM: .Lcompare_\name\()_long, .Lcompare_\name\()_last, .Lcompare_\name\()_loop, malice
  // PKRU: unknown, as above. LIVE: rdi, rsi = as above; registers 0 to 3 = masks that are not all ones
.Lcompare_\name\()_found_four:
  addq %rdi, %rsi
  differs_\name 0
  jnz .Lcompare_\name\()_found
  differs_\name 1
  jnz .Lcompare_\name\()_found_next
  addq $2 * \width, %rdi
  addq $2 * \width, %rsi
  differs_\name 2
  jnz .Lcompare_\name\()_found
  differs_\name 3
  // FROM: fall, .Lcompare_\name\()_four, .Lcompare_\name\()_found_four, malice
  // PKRU: unknown, as above. LIVE: rdi rsi = one register's width before the masked bytes, eax = the mask
.Lcompare_\name\()_found_next:
  addq $\width, %rdi
  addq $\width, %rsi
  // FROM: fall, compare_by, .Lcompare_\name\()_four, .Lcompare_\name\()_many,
  //   .Lcompare_\name\()_found_four, malice
  // PKRU: unknown, as above. LIVE: rdi rsi = the masked bytes, eax = the mask
.Lcompare_\name\()_found:
  bsfl %eax, %ecx
  movzbl (%rdi, %rcx), %eax
  movzbl (%rsi, %rcx), %edx
  subl %edx, %eax
  \finish
  ret
.endm

// Compares the first \bytes of both sides and the last ones, by one general register each.
.macro compare_ends mov, bytes, left, right
  \mov (%rdi), %\left
  \mov (%rsi), %\right
  cmpq %rcx, %rax
  jne .Lcompare_order
  \mov -\bytes(%rdi, %rdx), %\left
  \mov -\bytes(%rsi, %rdx), %\right
  cmpq %rcx, %rax
  jne .Lcompare_order
  xorl %eax, %eax
  ret
.endm

// Compares bytes as unsigned numbers.
//
// Prototype: int memcmp(const void *left, const void *right, size_t bytes), and bcmp
//   below, equal to or above 0 as the first byte of the left that differs is below or above that of the right
// Callers: domains and the app's trusted code
// PKRU before: any
// PKRU after: the same
//
// FROM: call, malice
// PKRU: unknown; nothing here changes it. Code that comes here reads bytes under its own view.
// LIVE: rdi = left, rsi = right, rdx = bytes
  .balign 64 // a cache line, so that timing does not depend on link order
.function memcmp
  .globl bcmp
  // FROM: fall, call, malice
  // PKRU: unknown, as above. LIVE: as above
bcmp:
  // FROM: fall, malice
  // PKRU: unknown, as above. LIVE: rdi = left, rsi = right, rdx = bytes
.Lcompare_choose:
  jmp .Lcompare_sse
  nop_where avx2, .Lcompare_choose
  cmpq $32, %rdx
  jb .Lcompare_short
  compare_by avx, 32, vzeroupper
  // FROM: .Lcompare_choose, .Lcompare_short, malice
  // PKRU: unknown, as above. LIVE: as there
.Lcompare_sse:
  cmpq $16, %rdx
  jb .Lcompare_short
  compare_by sse, 16,
  // FROM: .Lcompare_choose, .Lcompare_sse, malice
  // PKRU: unknown, as above. LIVE: as there; rdx is below 32
.Lcompare_short:
  cmpl $16, %edx
  jae .Lcompare_sse
  cmpl $8, %edx
  jae .Lcompare_eight
  cmpl $4, %edx
  jae .Lcompare_four
  cmpl $2, %edx
  jb .Lcompare_one
  compare_ends movzwl, 2, eax, ecx
  // FROM: .Lcompare_short, malice
  // PKRU: unknown, as above. LIVE: as there
.Lcompare_eight:
  compare_ends movq, 8, rax, rcx
  // FROM: .Lcompare_short, malice
  // PKRU: unknown, as above. LIVE: as there
.Lcompare_four:
  compare_ends movl, 4, eax, ecx
  // FROM: .Lcompare_short, malice
  // PKRU: unknown, as above. LIVE: rdi = left, rsi = right, edx = 0 or 1
.Lcompare_one:
  xorl %eax, %eax
  testl %edx, %edx
  je .Lcompare_done
  movzbl (%rdi), %eax
  movzbl (%rsi), %ecx
  subl %ecx, %eax
  // FROM: fall, .Lcompare_one, malice
  // PKRU: unknown, as above. LIVE: eax = the answer
.Lcompare_done:
  ret
  // FROM: compare_ends, malice
  // PKRU: unknown, as above. LIVE: rax, rcx = bytes of both sides, which differ
.Lcompare_order:
  bswapq %rax
  bswapq %rcx
  cmpq %rcx, %rax
  sbbl %eax, %eax
  orl $1, %eax
  ret
.end_function memcmp

  .section .note.GNU-stack, "", @progbits
