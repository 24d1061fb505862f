/// Out of a domain: the return of a call.
#include "crt/assembly.h"
#include "rt/base/pkru_values.h"
#include "rt/base/slot.h"
#include "rt/gate/wipe.h"
#include "rt/patch/switch.h"

  .section .gate.leave, "ax", @progbits

// Returns from the innermost gate with the domain's result.
//
// Prototype: none; rt_gate_enter_* jump here when the domain's function has returned
// Callers: rt_gate_enter_*
// PKRU before: the domain's
// PKRU after: the monitor's
//
// FROM: call, malice
// PKRU: unknown; any domain may come here at any time: that is a return from its own call, since the
//   frame is the one at gate_rsp, whoever comes. LIVE: rax = result; no other register is read.
  .balign 64 // a cache line, so that timing does not depend on link order
.function rt_gate_leave
  .cfi_undefined rip
  movq %rax, %rsi
  xorl %ecx, %ecx
  xorl %edx, %edx
  movl $RT_PKRU_MONITOR, %eax
  // FROM: fall, malice
  // PKRU: unknown. Whoever jumped here with another view than the monitor's in eax stops at the
  //   compare; with the monitor's it is a return like any other.
.Lleave_switch:
  to_monitor .Lleave_switch, .Lleave_die
  // Atlas update: the view is the monitor's and a call is open, proved; rsi = result, a number of the
  //   domain's choice. A gs base of zero faults at the test: the domain's Fault.
  movq %gs:slot_gate_rsp, %rsp
  pushfq
  testl $RT_FLAGS_REFUSED, (%rsp)
  leaq 8(%rsp), %rsp
  jnz .Lleave_die
  // The state stays until the registers are wiped, so that a trap is still the domain's Fault: the domain may
  // have left something in a register that traps. An fs base of the domain's own is its Fault, too. After a
  // trusted gate fs is not compared.
  cmpl $RT_STATE_UNTRUSTED, %gs:slot_state
  jne .Lleave_frame
  rdfsbase %rdx
  cmpq %gs:slot_fs_base, %rdx
  jne .Lleave_die
  // MXCSR and the x87 control word are stored below rsp, on our own stack, where no signal's frame is
  // written. Each is loaded if it is not as in the frame, and MXCSR's sticky flags count. The x87 word can be
  // loaded only after the wipe, when no exception is pending.
  stmxcsr -8(%rsp)
  movl (%rsp), %eax
  cmpl %eax, -8(%rsp)
  jne .Lleave_mxcsr
  // FROM: fall, .Lleave_mxcsr, malice
  // PKRU: unknown; from above the monitor's, proved. Whoever jumped here wipes its own registers and
  //   faults at the gs word of .Lleave_frame. LIVE: rsp = the frame, rsi = result.
.Lleave_wipe:
  wipe_registers leave
  fnstcw -4(%rsp)
  movzwl 4(%rsp), %eax
  cmpw %ax, -4(%rsp)
  jne .Lleave_x87
  // FROM: fall, .Lleave_x87, malice
  // PKRU: unknown; from above the monitor's, proved. As above.
.Lleave_wiped:
  xorl %ecx, %ecx
  xorl %edi, %edi
  xorl %r8d, %r8d
  xorl %r9d, %r9d
  xorl %r10d, %r10d
  xorl %r11d, %r11d
  // FROM: .Lleave_switch, fall, malice
  // PKRU: unknown. Whoever jumped here faults at the gs word; from above the monitor's, proved.
  // LIVE: rsp = the frame, rsi = result.
.Lleave_frame:
  movl $RT_STATE_MONITOR, %gs:slot_state
  movl 8(%rsp), %eax
  movl %eax, %gs:slot_view
  movq 16(%rsp), %rax
  movq %rax, %gs:slot_gate_rsp
  addq $24, %rsp
  movq %rsi, %rax
  xorl %edx, %edx
  xorl %esi, %esi
  popq %r15
  popq %r14
  popq %r13
  popq %r12
  popq %rbp
  popq %rbx
  ret
  // FROM: .Lleave_switch, malice
  // PKRU: unknown. The state is still what it was: a domain's Fault, or, in the monitor, its bug.
.Lleave_die:
  int3
  ud2
  // FROM: .Lleave_wipe, malice
  // PKRU: unknown; from above the monitor's, proved. As above.
.Lleave_x87:
  fldcw 4(%rsp)
  jmp .Lleave_wiped
  // FROM: .Lleave_switch, malice
  // PKRU: unknown; from above the monitor's, proved. As above.
.Lleave_mxcsr:
  ldmxcsr (%rsp)
  jmp .Lleave_wipe
  wipe_rarely leave
.end_function rt_gate_leave

  .section .note.GNU-stack, "", @progbits
