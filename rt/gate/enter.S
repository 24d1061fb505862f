/// Into a domain: stubs for every domain key, untrusted and trusted, without and with a loan, and without
/// isolation; the linker keeps those that the app uses.
#include "crt/assembly.h"
#include "rt/base/pkru_values.h"
#include "rt/base/slot.h"
#include "rt/base/control_words.h"
#include "rt/patch/switch.h"

// A gate frame, from the address in the gate_rsp word upwards: MXCSR and x87 control word (4 bytes each),
// view, gate_rsp before this call, r15, r14, r13, r12, rbp, rbx, return address. leave.S takes it apart.
  .set frame_bytes, 72 // below the return address

// \suffix is the key, or trusted_ and the key; calls that lend have lent_ before it. \state is the state word
// while the domain runs. A stub that does not isolate leaves PKRU as it is. It serves only a run without
// isolation (unisolated.h), where the monitor's view is the only one.
.macro gate_enter suffix, key, state, lends=0, isolates=1
  .section .gate.enter.\suffix, "ax", @progbits

// Calls a function of the domain with key \key under that domain's view, on its stack. A call that lends
// says the view: the domain's own with data domains open, a constant of the app.
//
// Prototype: RtOutcome rt_gate_enter_\suffix(uint64_t a0 .. a5, const void *function)
//   RtOutcome rt_gate_enter_lent_...(uint64_t a0 .. a5, const void *function, uint64_t view)
//   {the function's result, 0}, or {0, 1 + the fault's kind} when the domain faulted; the fault is recorded
// Callers: rt/entry/call.h, rt/gate/cross.S
// PKRU before: the monitor's
// PKRU after: the monitor's
//
// FROM: call, malice
// PKRU: unknown. A domain that jumps here, or to any place up to the wrpkru, faults at the next gs
//   word: private words are closed to it, public ones write-disabled.
// LIVE: rdi rsi rdx rcx r8 r9 = arguments, 8(%rsp) = function, 16(%rsp) = view where the call lends
  .balign 64 // a cache line, so that timing does not depend on link order
.function rt_gate_enter_\suffix
  movq 8(%rsp), %r11
  .if \isolates
  jump_where spaces, rt_gate_enter_\suffix, .Lenter_\suffix\()_space
  .endif
  .save %rbx
  .save %rbp
  .save %r12
  .save %r13
  .save %r14
  .save %r15
  .push %gs:slot_gate_rsp
  movl %gs:slot_view, %eax
  .push %rax
  subq $8, %rsp
  .cfi_adjust_cfa_offset 8
  movq %rsp, %gs:slot_gate_rsp
  // For unwinders alone: the frame, as the domain's functions keep it for their caller. No gate reads it
  // again, so a domain that changes it spoils backtraces and nothing else.
  movq %rsp, %rbp
  .cfi_def_cfa_register %rbp
  movq %rdx, %r10
  movq %rcx, %rbx
  .if \lends
  movl frame_bytes + 16(%rbp), %eax
  movl %eax, %gs:slot_view
  .else
  movl $rt_view_\key, %gs:slot_view
  .endif
  movb $RT_SELECTOR_BLOCK, %gs:slot_selector
  // Stored as late as possible, where it costs less, and before the wipe, which may reset the x87 word.
  stmxcsr (%rsp)
  fnstcw 4(%rsp)
  .if \state == RT_STATE_UNTRUSTED
  call rt_gate_scrub
  start_control_words \suffix
  .endif
  movq %gs:slot_stack + 8 * \key, %rsp
  movl $\state, %gs:slot_state
  // Atlas update: the frame at gate_rsp is complete, so the state may say `domain`; from here a trap is
  //   a Fault of this domain. rsp = the domain's stack, r10 = a2, rbx = a3, r11 = function.
  .if \isolates
  xorl %ecx, %ecx
  xorl %edx, %edx
  .if \lends
  movl %gs:slot_view, %eax
  .else
  movl $rt_view_\key, %eax
  .endif
  // FROM: fall, malice
  // PKRU: unknown. Whoever jumped here has only its own view in the view word, so any other eax
  //   stops at the compare, in the view that eax asked for, and is the domain's Fault.
.Lenter_\suffix\()_switch:
  to_domain .Lenter_\suffix\()_switch, .Lenter_\suffix\()_die
  .endif
  // Atlas update: the view is the domain's, proved; what follows is the domain's own doing.
  movq %r10, %rdx
  movq %rbx, %rcx
  .if \state == RT_STATE_UNTRUSTED
  xorl %eax, %eax
  xorl %ebx, %ebx
  xorl %ebp, %ebp
  .cfi_undefined %rip // what led here is wiped: backtraces end at the gate
  xorl %r10d, %r10d
  xorl %r12d, %r12d
  xorl %r13d, %r13d
  xorl %r14d, %r14d
  xorl %r15d, %r15d
  .endif
  call *%r11
  jmp rt_gate_leave
  // FROM: .Lenter_\suffix\()_switch, malice
  // PKRU: unknown. The trap entry reports a Fault{gate} of the current domain.
.Lenter_\suffix\()_die:
  int3
  ud2
  .if \isolates
  .cfi_def_cfa %rsp, 8
  .irp register, rbx, rbp, r12, r13, r14, r15, rip
  .cfi_restore %\register
  .endr
  // FROM: rt_gate_enter_\suffix, malice
  // PKRU: unknown. Where keys isolate, whoever jumps here faults at the next gs word, as at the beginning.
  // LIVE: as at the beginning
.Lenter_\suffix\()_space:
  .if \lends
  jmp rt_space_lend
  .else
  movl $rt_view_\key, %eax
  jmp rt_space_enter
  .endif
  .endif
  .if \state == RT_STATE_UNTRUSTED
  start_control_words_rarely \suffix
  .endif
.end_function rt_gate_enter_\suffix
.endm

  .irp key, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14
  gate_enter \key, \key, RT_STATE_UNTRUSTED
  gate_enter trusted_\key, \key, RT_STATE_TRUSTED
  gate_enter lent_\key, \key, RT_STATE_UNTRUSTED, lends=1
  gate_enter lent_trusted_\key, \key, RT_STATE_TRUSTED, lends=1
  gate_enter unisolated_\key, \key, RT_STATE_UNTRUSTED, isolates=0
  gate_enter unisolated_trusted_\key, \key, RT_STATE_TRUSTED, isolates=0
  .endr

  .section .note.GNU-stack, "", @progbits
