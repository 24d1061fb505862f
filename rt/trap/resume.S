/// Back from an asynchronous signal: rt_sigreturn, and then to the interrupted code.
#include "crt/assembly.h"
#include "rt/base/slot.h"
#include "rt/patch/switch.h"

  .section .trap.resume, "ax", @progbits

// Has the kernel take back a signal frame. Its system call needs an open selector. No domain may run with an
// open one, and the interrupted monitor may have had a closed one. So the frame leads to one of the two
// functions below, which go on to the interrupted code with an iretq. Both may be interrupted at any
// instruction, and are then run from their beginning: what they read stays as it is until they have come to
// their end.
//
// Prototype: [[noreturn]] void rt_trap_return(const Frame *frame)
// Callers: rt/trap/interrupt.cc; all asynchronous signals are masked until the kernel restores the mask
// PKRU before: the monitor's
// PKRU after: the frame's
//
// FROM: call, malice
// PKRU: unknown. A domain that jumps here is stopped by the store, the selector lies on key 0; behind the
//   store by the load, the word lies on the private page; behind the load it does not know the word.
// LIVE: rdi = frame, in the monitor's memory
.function rt_trap_return
  .cfi_undefined rip
  leaq 8(%rdi), %rsp // above the restorer word, as if a handler had returned
  movb $RT_SELECTOR_ALLOW, %gs:slot_selector
  movq %gs:slot_call_word, %rdi // for the filter; rt_sigreturn takes rdi from the frame
  jmp __restore_rt
.end_function rt_trap_return

// Goes on in the domain that was interrupted, from the block in its own memory.
//
// Prototype: none; the kernel comes here by rt_trap_return's frame, with the domain's registers but rax,
//   rcx, rdx, rsp and flags
// Callers: rt/trap/interrupt.cc
// PKRU before: the monitor's
// PKRU after: the domain's, which is what this thread's view word says
//
// FROM: signal, malice
// PKRU: unknown; from the kernel the monitor's, proved: no domain can make a frame. A domain that jumps here
//   is stopped by the store.
.function rt_trap_resume_domain
  .cfi_undefined rip
  movb $RT_SELECTOR_BLOCK, %gs:slot_selector
  movq %gs:slot_resume_record, %rsp
  xorl %ecx, %ecx
  xorl %edx, %edx
  movl %gs:slot_view, %eax
  // FROM: fall, malice
  // PKRU: unknown. Whoever jumped here has only its own view in the view word; any other eax stops at
  //   the compare.
.Lresume_domain_switch:
  to_domain .Lresume_domain_switch, .Lresume_domain_die
  // Atlas update: the view is the domain's, proved. The block is the domain's own memory: one that jumps
  //   here with a block of its own goes where it could have gone anyway.
  movq -24(%rsp), %rax
  movq -16(%rsp), %rcx
  movq -8(%rsp), %rdx
  iretq
  // FROM: .Lresume_domain_switch, malice
  // PKRU: unknown. The trap entry reports a Fault{gate} of the current domain.
.Lresume_domain_die:
  int3
  ud2
.end_function rt_trap_resume_domain

// Goes on in the monitor, from the slot's private page.
//
// Prototype: none; the kernel comes here by rt_trap_return's frame, with the interrupted registers but rax,
//   rsp and flags
// Callers: rt/trap/interrupt.cc
// PKRU before: the interrupted one: the monitor's, or that of an open window
// PKRU after: the same
//
// FROM: signal, malice
// PKRU: unknown; from the kernel a view of the monitor, proved, and nothing here changes it. A domain that
//   jumps here faults at the first gs word (private page), or at the store; behind it, it goes where it
//   could have gone anyway.
.function rt_trap_resume_monitor
  .cfi_undefined rip
  movq %gs:slot_self, %rsp
  leaq slot_resume_rip(%rsp), %rsp
  movb %gs:slot_resume_selector, %al
  movb %al, %gs:slot_selector
  movq %gs:slot_resume_rax, %rax
  iretq
  // FROM: malice
  // PKRU: unknown. Nobody comes here but by a jump: the end of the above, for rt/trap/interrupt.cc.
  .globl rt_trap_resume_end
rt_trap_resume_end:
  ud2
.end_function rt_trap_resume_monitor

  .section .note.GNU-stack, "", @progbits
