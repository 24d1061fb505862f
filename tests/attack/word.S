/// A domain that notes every general register: as it was entered, and as a call of its own came back.
#include "crt/assembly.h"

  .section .text.attack_word, "ax", @progbits

// Stores all general registers but rsp at *\to; fifteen words.
.macro store_general to
  movq %rax, (\to)
  movq %rbx, 8(\to)
  movq %rcx, 16(\to)
  movq %rdx, 24(\to)
  movq %rsi, 32(\to)
  movq %rdi, 40(\to)
  movq %rbp, 48(\to)
  movq %r8, 56(\to)
  movq %r9, 64(\to)
  movq %r10, 72(\to)
  movq %r11, 80(\to)
  movq %r12, 88(\to)
  movq %r13, 96(\to)
  movq %r14, 104(\to)
  movq %r15, 112(\to)
.endm

// As it was entered.
//
// Prototype: uint64_t attack_note_entry(rt::Claimed to)
.function attack_note_entry
  store_general %rdi
  xorl %eax, %eax
  ret
.end_function attack_note_entry

// As the monitor came back from system call `number`, which it has made. The call keeps r8.
//
// Prototype: uint64_t attack_note_call(rt::Claimed to, uint64_t number)
.function attack_note_call
  movq %rdi, %r8
  movq %rsi, %rax
  syscall
  store_general %r8
  ret
.end_function attack_note_call

// As service 1 came back.
//
// Prototype: uint64_t attack_note_service(rt::Claimed to)
.function attack_note_service
  .save %rbx
  movq %rdi, %rbx
  movl $1, %edi
  call rt_gate_service
  store_general %rbx
  .restore %rbx
  ret
.end_function attack_note_service

// Faults with `word` in every general register but rsp; no memory holds it.
//
// Prototype: uint64_t attack_fill_and_fault(uint64_t word)
.function attack_fill_and_fault
  .irp register, rax, rbx, rcx, rdx, rsi, rbp, r8, r9, r10, r11, r12, r13, r14, r15
  movq %rdi, %\register
  .endr
  ud2
.end_function attack_fill_and_fault

  .section .note.GNU-stack, "", @progbits
