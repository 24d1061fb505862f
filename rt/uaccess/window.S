/// The uaccess window: one copy under the monitor's view plus one domain's key.
#include "crt/assembly.h"
#include "rt/base/pkru_values.h"
#include "rt/base/slot.h"

  .section .gate.uaccess, "ax", @progbits

// Copies bytes between monitor memory and memory of the domain that `view` opens, once, forwards.
//
// Prototype: void rt_uaccess_copy(void *to, const void *from, size_t bytes, uint32_t view)
// Callers: rt/uaccess/copy.cc, which has checked the range
// PKRU before: the monitor's
// PKRU after: the monitor's
//
// FROM: call, malice
// PKRU: unknown. A domain that jumps here faults at the first store (private page).
// LIVE: rdi = to, rsi = from, rdx = bytes, ecx = view
.function rt_uaccess_copy
  movl %ecx, %eax
  movl %eax, %gs:slot_window
  movq %rdx, %r8
  xorl %ecx, %ecx
  xorl %edx, %edx
  // FROM: fall, malice
  // PKRU: unknown. Whoever jumped here with a view of its choice in eax passes the first compare
  //   only with the window's own view, and then the second one stops it: its state is `domain`.
  //   A view that closes the private page faults at the compare.
.Luaccess_open:
  wrpkru
  cmpl %gs:slot_window, %eax
  jne .Luaccess_die
  cmpl $RT_STATE_MONITOR, %gs:slot_state
  jne .Luaccess_die
  // Atlas update: the view is the window's, proved; rdi = to, rsi = from, r8 = bytes, ours.
  movq %r8, %rcx
  rep movsb
  xorl %ecx, %ecx
  xorl %edx, %edx
  movl $RT_PKRU_MONITOR, %eax
  // FROM: fall, malice
  // PKRU: unknown. Whoever jumped here with the monitor's view in eax is stopped by the state.
.Luaccess_close:
  wrpkru
  cmpl $RT_PKRU_MONITOR, %eax
  jne .Luaccess_die
  cmpl $RT_STATE_MONITOR, %gs:slot_state
  jne .Luaccess_die
  ret
  // FROM: .Luaccess_open, .Luaccess_close, malice
  // PKRU: unknown. The trap entry finds the state `domain` and reports a Fault{gate} of that domain.
.Luaccess_die:
  int3
  ud2
.end_function rt_uaccess_copy

  .section .note.GNU-stack, "", @progbits
