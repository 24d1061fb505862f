/// Into a domain: one stub for every domain key; the linker keeps those that the app uses.
#include "crt/assembly.h"
#include "rt/base/pkru_values.h"
#include "rt/base/slot.h"

// A gate frame, from the address in the grsp word upwards: view, grsp before this call, r15, r14,
// r13, r12, rbp, rbx, return address. leave.S and unwind.S take it apart.

.macro gate_enter key
  .section .gate.enter.\key, "ax", @progbits

// Calls a function of the domain with key \key under that domain's view, on its stack.
//
// Prototype: Outcome rt_gate_enter_\key(uint64_t a0 .. a5, void *function)
//   {the function's result, 0}, or {0, 1} when the domain faulted and the fault is recorded
// Callers: rt/gate/call.h
// PKRU before: the monitor's
// PKRU after: the monitor's
//
// FROM: call, malice
// PKRU: unknown. A domain that jumps here, or to any place up to the wrpkru, faults at the next gs
//   word: private words are closed to it, public ones write-disabled.
// LIVE: rdi rsi rdx rcx r8 r9 = arguments, 8(%rsp) = function
.function rt_gate_enter_\key
  movq 8(%rsp), %r11
  .save %rbx
  .save %rbp
  .save %r12
  .save %r13
  .save %r14
  .save %r15
  .push %gs:slot_grsp
  movl %gs:slot_view, %eax
  .push %rax
  movq %rsp, %gs:slot_grsp
  // For unwinders alone: the frame, as the domain's functions keep it for their caller. No gate reads
  // it again, so a domain that changes it spoils backtraces and nothing else.
  movq %rsp, %rbp
  .cfi_def_cfa_register %rbp
  movq %rdx, %r10
  movq %rcx, %rbx
  movq %gs:slot_stack + 8 * \key, %rsp
  movl $rt_view_\key, %gs:slot_view
  movb $RT_SELECTOR_BLOCK, %gs:slot_selector
  movl $RT_STATE_DOMAIN, %gs:slot_state
  // Atlas update: the frame at grsp is complete, so the state may say `domain`; from here a trap is
  //   a Fault of this domain. rsp = the domain's stack, r10 = a2, rbx = a3, r11 = function.
  xorl %ecx, %ecx
  xorl %edx, %edx
  movl $rt_view_\key, %eax
  // FROM: fall, malice
  // PKRU: unknown. Whoever jumped here has only its own view in the view word, so any other eax
  //   stops at the compare, in the view that eax asked for, and is the domain's Fault.
.Lenter_\key\()_switch:
  wrpkru
  cmpl %gs:slot_view, %eax
  jne .Lenter_\key\()_die
  cmpb $RT_SELECTOR_BLOCK, %gs:slot_selector
  jne .Lenter_\key\()_die
  // Atlas update: the view is the domain's, proved; what follows is the domain's own doing.
  movq %r10, %rdx
  movq %rbx, %rcx
  call *%r11
  jmp rt_gate_leave
  // FROM: .Lenter_\key\()_switch, malice
  // PKRU: unknown. The trap entry reports a Fault{gate} of the current domain.
.Lenter_\key\()_die:
  int3
  ud2
.end_function rt_gate_enter_\key
.endm

  .irp key, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14
  gate_enter \key
  .endr

  .section .note.GNU-stack, "", @progbits
