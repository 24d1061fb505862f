/// The hostile domain's own code: it loads a register file and jumps anywhere.
#include "crt/assembly.h"
#include "tests/attack/register_file.h"

  .section .text.attack_strike, "ax", @progbits

// Loads every register from the file and jumps to its rip, with its flags and its rsp.
//
// Prototype: uint64_t attack_strike()
//   ATTACK_LANDED when control came to attack_landing; else whatever a gate takes for the result
// Callers: tests/attack/strike.cc, in the domain alice
// PKRU before: alice's
// PKRU after: whatever the target makes of it
//
// FROM: call
// PKRU: alice's. The file lies in alice's memory.
.function attack_strike
  .push %rbx
  .push %rbp
  .push %r12
  .push %r13
  .push %r14
  .push %r15
  movq %rsp, attack_home(%rip)
  cmpq $0, attack_file + file_loads_gs(%rip)
  je .Lstrike_fs
  movl attack_file + file_gs(%rip), %eax
  movl %eax, %gs
  // FROM: attack_strike, fall
  // PKRU: alice's
.Lstrike_fs:
  cmpq $0, attack_file + file_loads_fs(%rip)
  je .Lstrike_vectors
  movl attack_file + file_gs(%rip), %eax
  movl %eax, %fs
  // FROM: .Lstrike_fs, fall
  // PKRU: alice's
.Lstrike_vectors:
  .irp number, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
  movdqa attack_file + file_vectors + 16 * \number(%rip), %xmm\number
  .endr
  cmpq $0, attack_file + file_loads_high(%rip)
  je .Lstrike_general
  .irp number, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
  vinsertf128 $1, attack_file + file_high + 16 * \number(%rip), %ymm\number, %ymm\number
  .endr
  // FROM: .Lstrike_vectors, fall
  // PKRU: alice's
.Lstrike_general:
  .irp name, rax, rbx, rcx, rdx, rsi, rdi, rbp, r8, r9, r10, r11, r12, r13, r14, r15
  movq attack_file + file_\name(%rip), %\name
  .endr
  cmpq $ATTACK_BY_IRETQ, attack_file + file_way(%rip)
  je .Lstrike_by_iretq
  leaq attack_file + file_flags(%rip), %rsp
  // DF, AC and NT do not matter to the loads and jumps that follow; TF stops at the next one.
  cmpq $ATTACK_BY_FAR_JUMP, attack_file + file_way(%rip)
  je .Lstrike_by_far_jump
  popfq
  popq %rsp
  jmp *attack_file + file_rip(%rip)
  // FROM: .Lstrike_general
  // PKRU: alice's. TF takes effect after the first instruction at the target.
.Lstrike_by_iretq:
  leaq attack_file + file_rip(%rip), %rsp
  iretq
  // FROM: .Lstrike_general
  // PKRU: alice's. Into the code segment of the file's choice.
.Lstrike_by_far_jump:
  popfq
  popq %rsp
  ljmpl *attack_file + file_far(%rip)
.end_function attack_strike

// Makes one store of the file's choice under whatever view control came with, then goes home.
//
// FROM: malice
// PKRU: unknown. LIVE: xmm14 = address, xmm15 = value, in their upper halves
.function attack_poke
  .cfi_undefined rip
  movhlps %xmm14, %xmm0
  movq %xmm0, %rax
  movhlps %xmm15, %xmm0
  movq %xmm0, %rcx
  movq %rcx, (%rax)
  // FROM: fall, malice
  // PKRU: unknown; under any view that closes alice's memory the first load faults.
  .globl attack_landing
attack_landing:
  movq attack_home(%rip), %rsp
  pushq $2
  popfq
  popq %r15
  popq %r14
  popq %r13
  popq %r12
  popq %rbp
  popq %rbx
  movl $ATTACK_LANDED, %eax
  ret
.end_function attack_poke

// Reads the first word of bob's secret under whatever view control came with, and returns with it
// from the innermost call.
//
// FROM: malice
// PKRU: unknown
.function attack_steal
  .cfi_undefined rip
  movq attack_secret(%rip), %rax
  jmp rt_gate_leave
.end_function attack_steal

// A genuine fault with every register as the file has it.
//
// FROM: malice
// PKRU: alice's
.function attack_undefined
  ud2
.end_function attack_undefined

// For ever, with every register as the file has it.
//
// FROM: malice
// PKRU: alice's
.function attack_spin
  jmp attack_spin
.end_function attack_spin

// What the base of gs has become, in the rax of a fault.
//
// FROM: malice
// PKRU: alice's
.function attack_show_gs
  rdgsbase %rax
  ud2
.end_function attack_show_gs

// The same of fs.
//
// FROM: malice
// PKRU: alice's
.function attack_show_fs
  rdfsbase %rax
  ud2
.end_function attack_show_fs

// The emulator dies of it (tests/attack/ends_emulator.h). It is the witness that sweeps know that.
//
// FROM: malice, on a processor
// PKRU: alice's
.function attack_vex_pinsrw
  .byte 0xc5, 0xfc, 0xc4, 0xc0, 0x01
  ud2
.end_function attack_vex_pinsrw

  // Words on key 0 that every view can read: whoever returns through them comes to attack_poke, or to
  // attack_steal.
  .section .rodata.attack_returns, "a", @progbits
  .balign 8
  .globl attack_poke_words, attack_steal_words
attack_poke_words:
  .rept 64
  .quad attack_poke
  .endr
attack_steal_words:
  .rept 64
  .quad attack_steal
  .endr

  .section .bss..postern.alice, "aw", @nobits
  .balign 16
  .globl attack_file
attack_file:
  .skip ATTACK_FILE_BYTES
attack_home:
  .skip 8

  .section .note.GNU-stack, "", @progbits
