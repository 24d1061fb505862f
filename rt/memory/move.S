/// memcpy and memmove, which are one function: all short moves load everything before they store anything.
#include "crt/assembly.h"
#include "rt/patch/alternative.h"

  .section .memory.move, "ax", @progbits

// From so many bytes on, `rep movsb` is faster than a loop where short ones are fast, because both places together
// are larger than the first cache, and the instruction need not read what it overwrites.
.set string_move, 24 * 1024

// Moves rdx bytes, at least \width, by registers of that width. Up to eight of them are loaded at once. A longer
// move goes by four registers, whose stores are aligned. It loads the end that the loop comes to last, and the one
// that alignment leaves out, before its first store. \finish is the last instruction before each return.
.macro move_by name, width, mov, register, finish
  \mov (%rsi), %\register\()0
  \mov -\width(%rsi, %rdx), %\register\()1
  cmpq $2 * \width, %rdx
  ja .Lmove_\name\()_four
  \mov %\register\()0, (%rdi)
  \mov %\register\()1, -\width(%rdi, %rdx)
  \finish
  ret
  // FROM: move_by, malice
  // PKRU: unknown, as above. LIVE: as above; registers 0 and 1 = the first and the last bytes
.Lmove_\name\()_four:
  \mov \width(%rsi), %\register\()2
  \mov -2 * \width(%rsi, %rdx), %\register\()3
  cmpq $4 * \width, %rdx
  ja .Lmove_\name\()_eight
  \mov %\register\()0, (%rdi)
  \mov %\register\()2, \width(%rdi)
  \mov %\register\()3, -2 * \width(%rdi, %rdx)
  \mov %\register\()1, -\width(%rdi, %rdx)
  \finish
  ret
  // FROM: .Lmove_\name\()_four, malice
  // PKRU: unknown, as above. LIVE: as above; registers 2 and 3 = the next ones from both ends
.Lmove_\name\()_eight:
  \mov 2 * \width(%rsi), %\register\()4
  \mov 3 * \width(%rsi), %\register\()5
  \mov -4 * \width(%rsi, %rdx), %\register\()6
  \mov -3 * \width(%rsi, %rdx), %\register\()7
  cmpq $8 * \width, %rdx
  ja .Lmove_\name\()_long
  \mov %\register\()0, (%rdi)
  \mov %\register\()2, \width(%rdi)
  \mov %\register\()4, 2 * \width(%rdi)
  \mov %\register\()5, 3 * \width(%rdi)
  \mov %\register\()6, -4 * \width(%rdi, %rdx)
  \mov %\register\()7, -3 * \width(%rdi, %rdx)
  \mov %\register\()3, -2 * \width(%rdi, %rdx)
  \mov %\register\()1, -\width(%rdi, %rdx)
  \finish
  ret
  // FROM: .Lmove_\name\()_eight, malice
  // PKRU: unknown, as above. LIVE: as above; registers 0 2 4 5 = the first bytes, 6 7 3 1 = the last ones
.Lmove_\name\()_long:
  // The difference wraps to a large one if the destination begins below the source: upwards is right then.
  movq %rdi, %rcx
  subq %rsi, %rcx
  cmpq %rdx, %rcx
  jb .Lmove_\name\()_down
  // FROM: fall, malice
  // PKRU: unknown, as above. LIVE: as above; rcx = to - from
.Lmove_\name\()_choose:
  jmp .Lmove_\name\()_loop
  nop_where fsrm, .Lmove_\name\()_choose
  cmpq $string_move, %rdx
  jae .Lmove_\name\()_string
  // FROM: fall, .Lmove_\name\()_choose, .Lmove_\name\()_string, malice
  // PKRU: unknown, as above. LIVE: as above
.Lmove_\name\()_loop:
  leaq -4 * \width(%rdi, %rdx), %rdx
  leaq \width(%rdi), %rcx
  andq $-\width, %rcx
  subq %rdi, %rcx
  addq %rcx, %rsi
  addq %rcx, %rdi
  // FROM: fall, .Lmove_\name\()_up, malice
  // PKRU: unknown, as above. LIVE: rax = destination, rdi rsi = where the loop is, rdx = where the last four
  //   registers go
.Lmove_\name\()_up:
  .irp number, 0, 1, 2, 3
  \mov \number * \width(%rsi), %\register\()8
  \mov %\register\()8, \number * \width(%rdi)
  .endr
  subq $-4 * \width, %rsi
  subq $-4 * \width, %rdi
  cmpq %rdx, %rdi
  jb .Lmove_\name\()_up
  \mov %\register\()6, (%rdx)
  \mov %\register\()7, \width(%rdx)
  \mov %\register\()3, 2 * \width(%rdx)
  \mov %\register\()1, 3 * \width(%rdx)
  \mov %\register\()0, (%rax)
  \finish
  ret
  // FROM: .Lmove_\name\()_choose, malice
  // PKRU: unknown, as above. LIVE: as there. If the places overlap, this instruction may be slow.
.Lmove_\name\()_string:
  negq %rcx
  cmpq %rdx, %rcx
  jb .Lmove_\name\()_loop
  movq %rdx, %rcx
  rep movsb
  \finish
  ret
  // FROM: .Lmove_\name\()_long, malice
  // PKRU: unknown, as above. LIVE: as there
.Lmove_\name\()_down:
  leaq (%rdi, %rdx), %rcx
  andq $-\width, %rcx
  subq %rdi, %rcx
  addq %rcx, %rsi
  addq %rdi, %rcx
  leaq 4 * \width(%rdi), %r8
  // FROM: fall, .Lmove_\name\()_next, malice
  // PKRU: unknown, as above. LIVE: rdi rdx = destination and bytes, rcx rsi = where the loop is, r8 = where the
  //   first four registers end
.Lmove_\name\()_next:
  .irp number, 1, 2, 3, 4
  \mov -\number * \width(%rsi), %\register\()8
  \mov %\register\()8, -\number * \width(%rcx)
  .endr
  addq $-4 * \width, %rsi
  addq $-4 * \width, %rcx
  cmpq %r8, %rcx
  ja .Lmove_\name\()_next
  \mov %\register\()0, (%rdi)
  \mov %\register\()2, \width(%rdi)
  \mov %\register\()4, 2 * \width(%rdi)
  \mov %\register\()5, 3 * \width(%rdi)
  \mov %\register\()1, -\width(%rdi, %rdx)
  \finish
  ret
.endm

// Moves bytes between places that may overlap.
//
// Prototype: void *memmove(void *to, const void *from, size_t bytes), and memcpy
//   to
// Callers: domains and the app's trusted code
// PKRU before: any
// PKRU after: the same
//
// FROM: call, malice
// PKRU: unknown; nothing here changes it. Code that comes here moves bytes under its own view.
// LIVE: rdi = to, rsi = from, rdx = bytes
  .balign 64 // a cache line, so that timing does not depend on link order
.function memmove
  .globl memcpy
  // FROM: fall, call, malice
  // PKRU: unknown, as above. LIVE: as above
memcpy:
  movq %rdi, %rax
  // FROM: fall, malice
  // PKRU: unknown, as above. LIVE: rax rdi = to, rsi = from, rdx = bytes
.Lmove_choose:
  jmp .Lmove_sse
  nop_where avx2, .Lmove_choose
  cmpq $32, %rdx
  jb .Lmove_short
  cmpq $128, %rdx
  ja .Lmove_wide
  // FROM: fall, .Lmove_wide, malice
  // PKRU: unknown, as above. LIVE: as there
.Lmove_avx:
  move_by avx, 32, vmovups, ymm, vzeroupper
  // FROM: .Lmove_choose, malice
  // PKRU: unknown, as above. LIVE: as there; rdx is above 128
.Lmove_wide:
  jmp .Lmove_avx
  nop_where avx512, .Lmove_wide
  move_by avx512, 64, vmovups, zmm, vzeroupper
  // FROM: .Lmove_choose, malice
  // PKRU: unknown, as above. LIVE: as there
.Lmove_sse:
  cmpq $16, %rdx
  jb .Lmove_short
  move_by sse, 16, movups, xmm, 
  // FROM: .Lmove_choose, .Lmove_sse, malice
  // PKRU: unknown, as above. LIVE: as there; rdx is below 32
.Lmove_short:
  cmpl $16, %edx
  jae .Lmove_sixteen
  cmpl $8, %edx
  jae .Lmove_eight
  cmpl $4, %edx
  jae .Lmove_four
  cmpl $1, %edx
  jb .Lmove_none
  movzbl (%rsi), %ecx
  je .Lmove_one
  movzwl -2(%rsi, %rdx), %r8d
  movw %r8w, -2(%rdi, %rdx)
  // FROM: fall, .Lmove_short, malice
  // PKRU: unknown, as above. LIVE: ecx = the first byte
.Lmove_one:
  movb %cl, (%rdi)
  // FROM: fall, .Lmove_short, malice
  // PKRU: unknown, as above.
.Lmove_none:
  ret
  // FROM: .Lmove_short, malice
  // PKRU: unknown, as above. LIVE: as there
.Lmove_four:
  movl (%rsi), %ecx
  movl -4(%rsi, %rdx), %r8d
  movl %ecx, (%rdi)
  movl %r8d, -4(%rdi, %rdx)
  ret
  // FROM: .Lmove_short, malice
  // PKRU: unknown, as above. LIVE: as there
.Lmove_eight:
  movq (%rsi), %rcx
  movq -8(%rsi, %rdx), %r8
  movq %rcx, (%rdi)
  movq %r8, -8(%rdi, %rdx)
  ret
  // FROM: .Lmove_short, malice
  // PKRU: unknown, as above. LIVE: as there
.Lmove_sixteen:
  movups (%rsi), %xmm0
  movups -16(%rsi, %rdx), %xmm1
  movups %xmm0, (%rdi)
  movups %xmm1, -16(%rdi, %rdx)
  ret
.end_function memmove

  .section .note.GNU-stack, "", @progbits
