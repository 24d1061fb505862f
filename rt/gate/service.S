/// A domain asks the monitor for something, by number.
#include "crt/assembly.h"
#include "rt/base/pkru_values.h"
#include "rt/base/slot.h"
#include "rt/base/control_words.h"
#include "rt/patch/switch.h"

  .section .gate.service, "ax", @progbits

// Runs service `number` in the monitor and returns to the domain.
//
// Prototype: uint64_t rt_gate_service(uint64_t number, uint64_t a0 .. a4)
//   the service's result; does not come back when the service is refused (Fault{service})
// Callers: domains, by rt/entry/service.h
// PKRU before: the domain's
// PKRU after: the domain's
//
// FROM: call, malice
// PKRU: unknown; any domain may come here. LIVE: rdi = number, rsi rdx rcx r8 r9 = arguments,
//   rbx rbp r12-r15 = to be kept for the domain, (%rsp) = the domain's return address. All of them
//   are numbers of the domain's choice; the monitor dereferences none.
  .balign 64 // a cache line, so that timing does not depend on link order
.function rt_gate_service
  movq %rdx, %r10
  movq %rcx, %r11
  jump_where spaces, rt_gate_service, .Lservice_space
  xorl %ecx, %ecx
  xorl %edx, %edx
  movl $RT_PKRU_MONITOR, %eax
  // FROM: fall, malice
  // PKRU: unknown. Whoever jumped here with another view than the monitor's stops at the compare;
  //   with the monitor's it has asked for whatever number rdi holds.
.Lservice_in:
  to_monitor .Lservice_in, .Lservice_die
  // Atlas update: the view is the monitor's and a call is open, proved.
  movq %rsp, %rax
  .cfi_remember_state
  .cfi_def_cfa %rax, 8
  movq %gs:slot_gate_rsp, %rsp
  pushfq
  testl $RT_FLAGS_REFUSED, (%rsp)
  leaq 8(%rsp), %rsp
  jnz .Lservice_die
  pushq %gs:slot_state
  // Atlas update: rsp = our stack, below the complete frame at gate_rsp; rax = the domain's rsp.
  pushq %rax
  // For unwinders: this function's frame ends at gate_rsp. The domain's rsp is 16 bytes below, and leads to
  // the return address.
  .cfi_def_cfa %rsp, 16
  .cfi_escape 0x10, 16, 3, 0x40, 0x1c, 0x06 // rip is saved at *(CFA - 16)
  .cfi_escape 0x16, 7, 5, 0x40, 0x1c, 0x06, 0x38, 0x22 // rsp is *(CFA - 16) + 8
  .save %rbx
  .save %rbp
  .save %r12
  .save %r13
  .save %r14
  .save %r15
  subq $8, %rsp
  .cfi_adjust_cfa_offset 8
  stmxcsr (%rsp)
  fnstcw 4(%rsp)
  movq %rax, %rbx
  // The state stays until the registers are wiped, so that a trap is still the domain's Fault: the domain may
  // have left something in a register that traps. An fs base of the domain's own is its Fault, too. After a
  // trusted gate fs is not compared.
  cmpl $RT_STATE_UNTRUSTED, %gs:slot_state
  jne .Lservice_serve
  rdfsbase %rdx
  cmpq %gs:slot_fs_base, %rdx
  jne .Lservice_die
  call rt_gate_scrub
  start_control_words service
  // FROM: .Lservice_in, fall, malice
  // PKRU: unknown; from above the monitor's, proved. Whoever jumped here faults at the gs word.
  // LIVE: rdi r10 r11 r8 r9 rsi = number and arguments, rbx = the domain's rsp.
.Lservice_serve:
  movl $RT_STATE_MONITOR, %gs:slot_state
  movq %r10, %rdx
  movq %r11, %rcx
  .push %rbx // the seventh argument; with it the stack is aligned [psabi 3.2.2]
  .irp register, eax, ebx, ebp, r10d, r11d, r12d, r13d, r14d, r15d
  xorl %\register, %\register
  .endr
  call rt_gate_serve
  addq $8, %rsp
  .cfi_adjust_cfa_offset -8
  movq %rax, %r11
  cmpl $RT_STATE_UNTRUSTED, 64(%rsp)
  jne .Lservice_back
  call rt_gate_scrub
  // The domain's own control words; a trusted gate has left them as they were. A waiting instruction finds no
  // exception pending, because the registers are wiped.
  ldmxcsr (%rsp)
  fldcw 4(%rsp)
  // FROM: .Lservice_serve, fall, malice
  // PKRU: unknown; from above the monitor's, proved. A domain that comes here pops its own stack and
  //   faults at the next gs word. LIVE: r11 = result.
.Lservice_back:
  addq $8, %rsp
  .cfi_adjust_cfa_offset -8
  .restore %r15
  .restore %r14
  .restore %r13
  .restore %r12
  .restore %rbp
  .restore %rbx
  popq %r10
  .cfi_def_cfa %r10, 8
  .cfi_restore %rip
  .cfi_restore %rsp
  popq %rax
  // Atlas update: rsp = gate_rsp again; r10 = the domain's rsp, r11 = result, eax = its state. What else
  //   our code left in registers is wiped.
  xorl %edi, %edi
  xorl %esi, %esi
  xorl %r8d, %r8d
  xorl %r9d, %r9d
  movb $RT_SELECTOR_BLOCK, %gs:slot_selector
  movl %eax, %gs:slot_state
  movq %r10, %rsp
  .cfi_restore_state
  xorl %ecx, %ecx
  xorl %edx, %edx
  movl %gs:slot_view, %eax
  // FROM: fall, malice
  // PKRU: unknown. Whoever jumped here has only its own view in the view word; any other eax stops at
  //   the compare.
.Lservice_out:
  to_domain .Lservice_out, .Lservice_die
  // Atlas update: the view is the domain's, proved.
  movq %r11, %rax
  ret
  // FROM: .Lservice_in, .Lservice_out, malice
  // PKRU: unknown. The trap entry reports a Fault{gate} of the current domain.
.Lservice_die:
  int3
  ud2
  // FROM: rt_gate_service, malice
  // PKRU: unknown. Where keys isolate, a domain that comes here is in code that it may run, the stub, which
  //   reaches no mailbox. LIVE: as at the beginning
.Lservice_space:
  jmp rt_space_stub_service
  start_control_words_rarely service
.end_function rt_gate_service

  .section .note.GNU-stack, "", @progbits
