/// Into a domain with an address space of its own: the frame of rt/gate/enter.S, then C++.
#include "crt/assembly.h"
#include "rt/base/slot.h"

  .section .gate.space, "ax", @progbits

// The same for a call with data domains lent (lend.cc), whose view is its last argument.
//
// Prototype: RtGateEnterLent
// Callers: lend.cc
// PKRU before: unknown, as below
// PKRU after: the same
//
// FROM: call, malice
// PKRU: unknown. LIVE: rdi rsi rdx rcx r8 r9 = arguments, 8(%rsp) = function, 16(%rsp) = view
.function rt_space_enter_lent
  movl 16(%rsp), %eax
  jmp rt_space_enter
.end_function rt_space_enter_lent

// Calls a function of the domain whose view eax holds, in that domain's child.
//
// Prototype: RtOutcome, as rt_gate_enter_*, which start-up has made jump here (rt/patch)
//   {the function's result, 0}, or {0, 1 + the fault's kind} when the call ended by a fault
// Callers: rt_gate_enter_*, by a jump
// PKRU before: none: this runs where no domain's code runs in this process
// PKRU after: the same
//
// FROM: .Lenter_\suffix_space, rt_space_enter_lent, malice
// PKRU: unknown. Whoever jumps here, a domain by keys or a child, faults at the first private gs word.
// LIVE: rdi rsi rdx rcx r8 r9 = arguments, 8(%rsp) = function, eax = view
.function rt_space_enter
  movq 8(%rsp), %r11
  .save %rbx
  .save %rbp
  .save %r12
  .save %r13
  .save %r14
  .save %r15
  .push %gs:slot_gate_rsp
  movl %gs:slot_view, %r10d
  .push %r10
  subq $8, %rsp
  .cfi_adjust_cfa_offset 8
  movq %rsp, %gs:slot_gate_rsp
  movl %eax, %gs:slot_view
  stmxcsr (%rsp)
  fnstcw 4(%rsp)
  // Atlas update: the frame at gate_rsp is complete, as rt_gate_unwind takes it apart. The state stays
  //   `monitor`: a trap is the monitor's own.
  .push %r9
  .push %r8
  .push %rcx
  .push %rdx
  .push %rsi
  .push %rdi
  movq %rsp, %rdi
  movq %r11, %rsi
  call rt_space_run
  addq $56, %rsp
  .cfi_adjust_cfa_offset -56
  .pop %rcx
  movl %ecx, %gs:slot_view
  .pop %gs:slot_gate_rsp
  xorl %edx, %edx
  .restore %r15
  .restore %r14
  .restore %r13
  .restore %r12
  .restore %rbp
  .restore %rbx
  ret
.end_function rt_space_enter

  .section .note.GNU-stack, "", @progbits
