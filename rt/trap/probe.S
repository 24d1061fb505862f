/// Under which view does this kernel write a signal frame, and does it dispatch? Asked by behaviour, at start.
#include "crt/assembly.h"
#include "rt/base/pkru_values.h"
#include "rt/base/slot.h"
#include "rt/patch/switch.h"

  .section .trap.probe, "ax", @progbits

// Raises a signal whose alternate stack is closed in the present view, and reports which handler ran.
// The caller has pointed SIGUSR1 (on the alternate stack) and SIGSEGV (on the ordinary stack) to
// rt_trap_probe_entry. A kernel that writes frames with all keys open (rt/KERNELS.md) delivers SIGUSR1;
// one that writes them under the interrupted view cannot, and delivers SIGSEGV instead.
//
// Prototype: int rt_trap_probe(long process, long thread, long signal)
//   the number of the signal that was delivered
// Callers: rt/trap/strategy.cc, before the first domain runs and before dispatch is armed
// PKRU before: the monitor's with the frame key closed
// PKRU after: the monitor's
//
// FROM: call, malice
// PKRU: unknown. A domain that jumps here faults at the first store (private page).
// LIVE: rdi rsi rdx = arguments of tgkill
.function rt_trap_probe
  .save %rbx
  .save %rbp
  .save %r12
  .save %r13
  .save %r14
  .save %r15
  movq %rsp, %gs:slot_probe_resume
  movl $234, %r9d // tgkill
  call rt_sys_call
  // FROM: fall
  // PKRU: proved: the signal is delivered before the call comes back.
.Lprobe_not_delivered:
  int3
  ud2
.end_function rt_trap_probe

// Makes a system call with the selector closed. With dispatch the kernel raises a signal instead.
//
// Prototype: int rt_trap_probe_dispatch()
//   the number of that signal; 0 when the kernel has served the call
// Callers: rt/trap/install.cc, once dispatch is armed
// PKRU before: the monitor's
// PKRU after: the same
//
// FROM: call, malice
// PKRU: unknown. A domain that jumps here faults at the first store (private page).
.function rt_trap_probe_dispatch
  .save %rbx
  .save %rbp
  .save %r12
  .save %r13
  .save %r14
  .save %r15
  movq %rsp, %gs:slot_probe_resume
  subq $8, %rsp
  .cfi_adjust_cfa_offset 8
  .push $39 // getpid
  call rt_sys_call_early
  xorl %r8d, %r8d
  jmp .Lprobe_back
.end_function rt_trap_probe_dispatch

// Takes the signal of a probe, and goes on where the probe waits.
//
// Prototype: none; the kernel enters it as a signal handler
// Callers: the kernel, while rt_trap_probe or rt_trap_probe_dispatch waits
// PKRU before: the kernel's default
// PKRU after: the monitor's
//
// FROM: signal, malice
// PKRU: unknown. LIVE: rdi = signal, believed because no domain has run yet.
//   From here to the wrpkru: no memory access, the stack's key is closed.
.function rt_trap_probe_entry
  .cfi_undefined rip
  movl %edi, %r8d
  xorl %ecx, %ecx
  xorl %edx, %edx
  movl $RT_PKRU_MONITOR, %eax
  // FROM: fall, malice
  // PKRU: unknown. Whoever jumped here with the monitor's view in eax is stopped by the state.
.Lprobe_switch:
  within_monitor .Lprobe_switch, $RT_PKRU_MONITOR, .Lprobe_die
  // FROM: rt_trap_probe_dispatch, fall, malice
  // PKRU: unknown; from above the monitor's, proved, and one of the two probes is waiting. Whoever
  //   jumped here under another view faults at the store.
  // LIVE: r8d = answer
.Lprobe_back:
  movb $RT_SELECTOR_BLOCK, %gs:slot_selector
  movq %gs:slot_probe_resume, %rsp
  movl %r8d, %eax
  popq %r15
  popq %r14
  popq %r13
  popq %r12
  popq %rbp
  popq %rbx
  ret
  // FROM: .Lprobe_switch, malice
  // PKRU: unknown. The trap entry reports a Fault{gate} of the current domain.
.Lprobe_die:
  int3
  ud2
.end_function rt_trap_probe_entry

  .section .note.GNU-stack, "", @progbits
