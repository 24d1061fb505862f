/// Back into a domain behind a system call of its own: the kernel restores what it has saved, with the
/// monitor's view, and the trampoline closes the selector and enters the domain's.
#include "crt/assembly.h"
#include "rt/base/slot.h"
#include "rt/patch/alternative.h"
#include "rt/trap/resume.h"

  .section .trap.resume, "ax", @progbits

// Returns from a signal by a frame in the monitor's memory, whose PKRU word is the monitor's view.
//
// Prototype: [[noreturn]] void rt_trap_return(const Frame *frame)
// Callers: rt/trap/answer.cc
// PKRU before: the monitor's
// PKRU after: the same, at rt_trap_resume
//
// FROM: call, malice
// PKRU: unknown. A domain that jumps here faults at the store: the selector lies on key 0.
// LIVE: rdi = frame
.function rt_trap_return
  .cfi_undefined rip
  movb $RT_SELECTOR_ALLOW, %gs:slot_selector
  leaq 8(%rdi), %rsp // behind the restorer word
  jmp __restore_rt
.end_function rt_trap_return

// Enters the domain again that was interrupted.
//
// Prototype: none; rt_sigreturn goes on here
// Callers: the kernel
// PKRU before: the monitor's
// PKRU after: the domain's
//
// FROM: signal, malice
// PKRU: unknown. A domain that jumps here faults at the store.
// LIVE: rax = what the state word shall be; all other registers are the domain's, rsp too: no access
//   by it before the view is the domain's. rcx and r11 are free, as behind any system call.
.function rt_trap_resume
  .cfi_undefined rip
  movb $RT_SELECTOR_BLOCK, %gs:slot_selector
  movl %eax, %gs:slot_state
  // Atlas update: the frame at grsp is still complete, so the state may say `domain`. r11 = rdx.
  movq %rdx, %r11
  xorl %ecx, %ecx
  xorl %edx, %edx
  movl %gs:slot_view, %eax
  // FROM: fall, malice
  // PKRU: unknown. Whoever jumped here has only its own view in the view word, so any other eax stops
  //   at the compare, in the view that eax asked for, and is the domain's Fault.
.Lresume_switch:
  wrpkru
  nop_where no_keys, .Lresume_switch
  cmpl %gs:slot_view, %eax
  jne .Lresume_die
  cmpb $RT_SELECTOR_BLOCK, %gs:slot_selector
  jne .Lresume_die
  // Atlas update: the view is the domain's, proved; what follows it could do itself.
  movq %r11, %rdx
  movq 16 - RT_RESUME_BELOW(%rsp), %rax
  movq 8 - RT_RESUME_BELOW(%rsp), %r11
  movq -RT_RESUME_BELOW(%rsp), %rcx
  jmpq *%rcx
  // FROM: .Lresume_switch, malice
  // PKRU: unknown. The trap entry reports a Fault{gate} of the current domain.
.Lresume_die:
  int3
  ud2
.end_function rt_trap_resume

  .section .note.GNU-stack, "", @progbits
