/// Into a domain with an address space of its own: the frame of rt/gate/enter.S, then C++.
#include "crt/assembly.h"
#include "rt/base/slot.h"
#include "rt/gate/own_numbers.h"

// For the domain with number \number, which has an address space of its own on every machine. A call that lends says
// the view; the number is added to it. Start patches nothing here: there is no other way into such a domain.
.macro own_gate number
  .section .gate.own.\number, "ax", @progbits

// Calls a function of that domain in its child.
//
// Prototype: RtGateEnter
// Callers: rt/entry/call.h, rt/gate/cross.S
// PKRU before: unknown, as below
// PKRU after: the same
//
// FROM: call, malice
// PKRU: unknown, as of rt_space_enter. LIVE: rdi rsi rdx rcx r8 r9 = arguments, 8(%rsp) = function
.function rt_gate_own_\number
  movabsq $rt_view_\number + (\number << 32), %rax
  jmp rt_space_enter
.end_function rt_gate_own_\number

  .section .gate.own.lent_\number, "ax", @progbits

// The same with data domains lent.
//
// Prototype: RtGateEnterLent
// Callers: rt/entry/call.h
// PKRU before: unknown, as above
// PKRU after: the same
//
// FROM: call, malice
// PKRU: unknown. A domain that jumps here writes its own stack. LIVE: as above, 16(%rsp) = view
.function rt_gate_own_lent_\number
  movl $\number, 20(%rsp)
  jmp rt_space_lend
.end_function rt_gate_own_lent_\number
.endm

#define OWN_GATE(number) own_gate number;
  RT_OWN_NUMBERS(OWN_GATE)

  .section .gate.space, "ax", @progbits

// For a call with data domains lent (lend.cc), whose view is its last argument, below the number of a domain without
// a key.
//
// Prototype: RtGateEnterLent
// Callers: lend.cc
// PKRU before: unknown, as below
// PKRU after: the same
//
// FROM: call, malice
// PKRU: unknown. LIVE: rdi rsi rdx rcx r8 r9 = arguments, 8(%rsp) = function, 16(%rsp) = view
.function rt_space_enter_lent
  movq 16(%rsp), %rax
  jmp rt_space_enter
.end_function rt_space_enter_lent

// Calls a function of the domain whose view eax holds, in that domain's child. The upper half of rax is its number if it
// has no key; 0 otherwise.
//
// Prototype: RtOutcome, as rt_gate_enter_*, which start-up has made jump here (rt/patch)
//   {the function's result, 0}, or {0, 1 + the fault's kind} when the call ended by a fault
// Callers: rt_gate_enter_*, rt_space_enter_lent, by a jump
// PKRU before: the monitor's, or none where no domain's code runs in this process
// PKRU after: the same
//
// FROM: .Lenter_\suffix_space, rt_gate_own_\number, rt_space_enter_lent, malice
// PKRU: unknown. Whoever jumps here, a domain by keys or a child, faults at the first private gs word.
// LIVE: rdi rsi rdx rcx r8 r9 = arguments, 8(%rsp) = function, rax = number and view
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
  shrq $32, %rax
  movw %ax, 6(%rsp)
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
  xorl %esi, %esi // rt_gate_cross goes back to an untrusted caller with it
  .restore %r15
  .restore %r14
  .restore %r13
  .restore %r12
  .restore %rbp
  .restore %rbx
  ret
.end_function rt_space_enter

  .section .note.GNU-stack, "", @progbits
