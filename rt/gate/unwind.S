/// Out of a domain after a fault: the innermost call ends.
#include "crt/assembly.h"
#include "rt/base/slot.h"

  .section .gate.unwind, "ax", @progbits

// Ends the innermost call because its domain has faulted. The state is `domain` after a trap and `monitor`
// after a refused request. In both cases a complete frame is at gate_rsp and the flags are clean: the trap
// entry clears them, and a request with other flags is a Fault before it is served.
//
// Prototype: [[noreturn]] void rt_gate_unwind(uint64_t faulted)
//   control goes on after the call of rt_gate_enter_*, which yields {0, faulted}
// Callers: rt/gate/last_fault.h; on any stack
// PKRU before: the monitor's
// PKRU after: the monitor's
//
// FROM: call, malice
// PKRU: unknown. A domain that jumps here, or to any place before the loads from the frame, faults at
//   the next gs word; behind them it only pops its own stack under its own view. LIVE: edi = faulted
.function rt_gate_unwind
  .cfi_undefined rip
  movb $RT_SELECTOR_BLOCK, %gs:slot_selector
  movq %gs:slot_gate_rsp, %rsp
  movl $RT_STATE_MONITOR, %gs:slot_state
  // The app's code may have left something of the monitor's in vector registers: a handler of a service, or an
  // inline function of the runtime that an object of the app's has, compiled for vectors. The caller may be the
  // gate of a cross call, which goes back to a domain.
  call rt_gate_scrub
  // After a trap the control words are the start values. After a refused request of a trusted domain they are
  // not, and the domain may have left an exception pending, which the next waiting instruction would raise.
  fnclex
  ldmxcsr (%rsp)
  fldcw 4(%rsp)
  popq %rax
  popq %rax
  movl %eax, %gs:slot_view
  popq %gs:slot_gate_rsp
  movl %edi, %edx
  // Registers that the trap's own code has used may hold values of the domain.
  .irp register, eax, ecx, esi, edi, r8d, r9d, r10d, r11d
  xorl %\register, %\register
  .endr
  popq %r15
  popq %r14
  popq %r13
  popq %r12
  popq %rbp
  popq %rbx
  ret
.end_function rt_gate_unwind

  .section .note.GNU-stack, "", @progbits
