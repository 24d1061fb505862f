/// A checked access of the monitor's that faults, with a word in registers that are kept.
#include "crt/assembly.h"

  .section .text.attack_fault_with, "ax", @progbits

// As a function that keeps a secret in registers over a call.
//
// Prototype: uint64_t attack_fault_with(uint64_t word)
//   what attack_access answers
.function attack_fault_with
  .save %rbx
  .save %r12
  .save %r13
  .save %r14
  .save %r15
  movq %rdi, %rbx
  movq %rdi, %r12
  movq %rdi, %r13
  movq %rdi, %r14
  movq %rdi, %r15
  call attack_access
  .restore %r15
  .restore %r14
  .restore %r13
  .restore %r12
  .restore %rbx
  ret
.end_function attack_fault_with

  .section .note.GNU-stack, "", @progbits
