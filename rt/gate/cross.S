/// A domain calls another one, by number, by way of the monitor.
#include "crt/assembly.h"
#include "rt/base/pkru_values.h"
#include "rt/base/slot.h"
#include "rt/base/control_words.h"
#include "rt/gate/cross_call_record.h"
#include "rt/patch/switch.h"

  .section .gate.cross, "ax", @progbits

// The caller's side of a cross call, from the gate_rsp word (the address of the caller's own gate frame)
// downwards: its state, rsp, rbx, rbp, r12 to r15, row of the table, MXCSR and x87 control word, stack word,
// and the arguments of the callee's gate.
  .set cross_control, 0
  .set cross_row, 8
  .set cross_saved, 16
  .set cross_rsp, 64
  .set cross_state, 72

// The first two words, with unwind information: the frame of rt_gate_cross ends at gate_rsp. The caller's rsp
// is 16 bytes below, and leads to the return address.
.macro push_caller
  pushq %gs:slot_state
  pushq %rax
  .cfi_def_cfa %rsp, 16
  .cfi_escape 0x10, 16, 3, 0x40, 0x1c, 0x06 // rip is saved at *(CFA - 16)
  .cfi_escape 0x16, 7, 5, 0x40, 0x1c, 0x06, 0x38, 0x22 // rsp is *(CFA - 16) + 8
.endm

// Runs cross call `number` in the domain that the table names and returns to the caller.
//
// Prototype: RtOutcome rt_gate_cross(uint64_t number, uint64_t a0 .. a4)
//   {the function's result, 0}, or {0, 1 + the kind} of the fault that ended the callee's call; does not
//   come back when the cross call is refused (Fault{cross call}, Fault{nesting})
// Callers: domains, by rt/entry/cross_call.h
// PKRU before: the domain's
// PKRU after: the domain's
//
// FROM: call, malice
// PKRU: unknown; any domain may come here. LIVE: rdi = number, rsi rdx rcx r8 r9 = arguments,
//   rbx rbp r12-r15 = to be kept for the domain, (%rsp) = the domain's return address. All of them
//   are numbers of the domain's choice; the monitor dereferences none.
  .balign 64 // a cache line, so that timing does not depend on link order
.function rt_gate_cross
  movq %rdx, %r10
  movq %rcx, %r11
  jump_where spaces, rt_gate_cross, .Lcross_space
  xorl %ecx, %ecx
  xorl %edx, %edx
  movl $RT_PKRU_MONITOR, %eax
  // FROM: fall, malice
  // PKRU: unknown. Whoever jumped here with another view than the monitor's stops at the compare;
  //   with the monitor's it has asked for whatever number rdi holds.
.Lcross_in:
  to_monitor .Lcross_in, .Lcross_die
  // Atlas update: the view is the monitor's and a call is open, proved. rdi rsi r10 r11 r8 r9 = number
  //   and arguments.
  movq %rsp, %rax
  .cfi_def_cfa %rax, 8
  movq %gs:slot_gate_rsp, %rsp
  pushfq
  testl $RT_FLAGS_REFUSED, (%rsp)
  leaq 8(%rsp), %rsp
  jnz .Lcross_die
  cmpl $RT_STATE_UNTRUSTED, %gs:slot_state
  jne .Lcross_look_up
  rdfsbase %rdx
  cmpq %gs:slot_fs_base, %rdx
  jne .Lcross_die
  // FROM: .Lcross_in, fall, malice
  // PKRU: unknown; from above the monitor's, proved. Whoever jumped here reads constants and faults at
  //   the next gs word. A guess of the processor beyond the table is a side channel: not our subject.
.Lcross_look_up:
  leaq -1(%rdi), %rdx
  cmpq $__cross_calls_count, %rdx
  jae .Lcross_refuse
  shlq $RT_CROSS_CALL_SHIFT, %rdx
  leaq __cross_calls_start(%rip), %rcx
  addq %rcx, %rdx
  movl %gs:slot_view, %ecx
  xorl cross_call_view(%rdx), %ecx
  testl $rt_view_owner_bits, %ecx // the caller is the row's, whatever is lent to it
  jne .Lcross_refuse
  cmpq %gs:slot_stack_limit, %rsp
  jb .Lcross_refuse
  .cfi_remember_state
  // Atlas update: rsp = our stack, below the complete frame at gate_rsp; rax = the caller's rsp, rdx = the
  //   row, which is the caller's. A trap is still the caller's Fault.
  push_caller
  .save %rbx
  .save %rbp
  .save %r12
  .save %r13
  .save %r14
  .save %r15
  .push %rdx
  subq $8, %rsp
  .cfi_adjust_cfa_offset 8
  .cfi_remember_state
  cmpl $0, cross_call_wipes(%rdx)
  jne .Lcross_wipe_in
  // FROM: .Lcross_wipe_in, fall, malice
  // PKRU: unknown; from above the monitor's, proved. Whoever jumped here faults at the gs word. The
  //   vector and x87 registers are still the caller's where the callee's gate wipes them: nothing up to
  //   there, and not the wipe itself, traps for what they hold.
.Lcross_enter:
  movl $RT_STATE_MONITOR, %gs:slot_state
  // Calls back into the caller begin below its frames, under its own view.
  movl cross_call_caller(%rdx), %ecx
  .push %gs:slot_stack(, %rcx, 8)
  addq $-128, %rax // red zone
  andq $-16, %rax
  movq %rax, %gs:slot_stack(, %rcx, 8)
  .push cross_call_function(%rdx)
  movq cross_call_enter(%rdx), %rax
  movq %rsi, %rdi
  movq %r10, %rsi
  movq %r11, %rdx
  movq %r8, %rcx
  movq %r9, %r8
  xorl %r9d, %r9d
  call *%rax
  // Atlas update: rax, rdx = outcome, whether the callee returned or was unwound; the state is
  //   `monitor`, rbx rbp r12-r15 are as they were before the call.
  addq $8, %rsp
  .cfi_adjust_cfa_offset -8
  .pop %r10
  movq %rax, %r11
  movq %rdx, %r9
  movq cross_row(%rsp), %rdx
  movl cross_call_caller(%rdx), %ecx
  movq %r10, %gs:slot_stack(, %rcx, 8)
  cmpq $0, %gs:slot_deadline_passed
  jne .Lcross_overdue
  cmpl $0, cross_call_wipes(%rdx)
  jne .Lcross_wipe_out
  // FROM: .Lcross_wipe_out, fall, malice
  // PKRU: unknown; from above the monitor's, proved. A domain that comes here reads its own stack and
  //   faults at the next gs word. LIVE: r11 = result, r9 = 0 or 1 + the kind of a fault.
.Lcross_back:
  movq cross_rsp(%rsp), %r10
  movl cross_state(%rsp), %eax
  // Atlas update: r10 = the caller's rsp, eax = its state; rsi = 0 since the callee was left. What else is
  //   left in registers is wiped.
  xorl %edi, %edi
  xorl %r8d, %r8d
  movb $RT_SELECTOR_BLOCK, %gs:slot_selector
  movl %eax, %gs:slot_state
  movq %r10, %rsp
  .cfi_def_cfa %rsp, 8
  .irp register, rbx, rbp, r12, r13, r14, r15, rip, rsp
  .cfi_restore %\register
  .endr
  xorl %ecx, %ecx
  xorl %edx, %edx
  movl %gs:slot_view, %eax
  // FROM: fall, malice
  // PKRU: unknown. Whoever jumped here has only its own view in the view word; any other eax stops at
  //   the compare.
.Lcross_out:
  to_domain .Lcross_out, .Lcross_die
  // Atlas update: the view is the caller's, proved.
  movq %r11, %rax
  movq %r9, %rdx
  ret
  // FROM: .Lcross_in, .Lcross_out, malice
  // PKRU: unknown. The trap entry reports a Fault{gate} of the current domain.
.Lcross_die:
  int3
  ud2
  .cfi_restore_state
  // FROM: .Lcross_look_up, malice
  // PKRU: unknown; from above the monitor's, proved. Whoever jumped here wipes its own registers and
  //   faults at the next gs word. The callee's gate wipes nothing, so both ways are wiped here.
.Lcross_wipe_in:
  stmxcsr cross_control(%rsp)
  fnstcw cross_control + 4(%rsp)
  call rt_gate_scrub
  start_control_words cross, cross_control
  movq cross_rsp(%rsp), %rax
  // rbx and rbp are the gate's own.
  .irp register, r12d, r13d, r14d, r15d
  xorl %\register, %\register
  .endr
  jmp .Lcross_enter
  // FROM: .Lcross_enter, malice
  // PKRU: unknown; from above the monitor's, proved. A domain that comes here is in its own view, and
  //   faults at the first store that the function makes. The caller's time is over: its call ends, too.
.Lcross_overdue:
  call rt_gate_refuse_overdue // never returns
  ud2
  // FROM: .Lcross_enter, malice
  // PKRU: unknown; from above the monitor's, proved. As above.
.Lcross_wipe_out:
  movq cross_saved(%rsp), %r15
  movq cross_saved + 8(%rsp), %r14
  movq cross_saved + 16(%rsp), %r13
  movq cross_saved + 24(%rsp), %r12
  movq cross_saved + 32(%rsp), %rbp
  movq cross_saved + 40(%rsp), %rbx
  call rt_gate_scrub
  ldmxcsr cross_control(%rsp)
  fldcw cross_control + 4(%rsp)
  jmp .Lcross_back
  .cfi_restore_state
  // FROM: .Lcross_look_up, malice
  // PKRU: unknown; from above the monitor's, proved. Whoever jumped here wipes its own registers and
  //   faults at the gs word. LIVE: rsp = gate_rsp; rbx rbp, number and arguments as above.
.Lcross_refuse:
  push_caller
  .save %rbx
  .save %rbp
  call rt_gate_scrub
  movl $RT_STATE_MONITOR, %gs:slot_state
  movq %r10, %rdx
  movq %r11, %rcx
  call rt_gate_refuse_cross_call // never returns
  ud2
  // FROM: rt_gate_cross, malice
  // PKRU: unknown. Where keys isolate, a domain that comes here is in code that it may run, the stub, which
  //   reaches no mailbox. LIVE: as at the beginning
.Lcross_space:
  jmp rt_space_stub_cross
  start_control_words_rarely cross
.end_function rt_gate_cross

  .section .note.GNU-stack, "", @progbits
