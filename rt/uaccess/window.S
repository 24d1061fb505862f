/// The uaccess window: the monitor's view plus what one window opens, and back.
#include "crt/assembly.h"
#include "rt/base/pkru_values.h"
#include "rt/base/slot.h"
#include "rt/patch/switch.h"

  .section .gate.uaccess, "ax", @progbits

// Opens a window: from here on this thread runs under `view`.
//
// Prototype: void rt_uaccess_open(uint32_t view)
// Callers: rt/uaccess/switch.h; no window is open
// PKRU before: the monitor's
// PKRU after: `view`
//
// FROM: call, malice
// PKRU: unknown. A domain that jumps here faults at the first store (private page).
// LIVE: edi = view
  .balign 64 // a cache line, so that timing does not depend on link order
.function rt_uaccess_open
  movl %edi, %eax
  movl %eax, %gs:slot_window
  xorl %ecx, %ecx
  xorl %edx, %edx
  // FROM: fall, malice
  // PKRU: unknown. Whoever jumped here with a view of its choice in eax passes the first compare
  //   only with the view of a window that is open, and then the second one stops it: its state is
  //   `domain`. A view that closes the private page faults at the compare.
.Luaccess_open:
  within_monitor .Luaccess_open, %gs:slot_window, .Luaccess_open_die
  // Atlas update: the view is the window's, proved; rsp is ours.
  ret
  // FROM: .Luaccess_open, malice
  // PKRU: unknown. The trap entry finds the state `domain` and reports a Fault{gate} of that domain.
.Luaccess_open_die:
  int3
  ud2
.end_function rt_uaccess_open

// Closes the window, if one is open.
//
// Prototype: void rt_uaccess_close()
// Callers: rt/uaccess/switch.h
// PKRU before: any view of the monitor
// PKRU after: the monitor's
//
// FROM: call, malice
// PKRU: unknown; the first that matters is what the wrpkru makes of it. LIVE: nothing
  .balign 64 // as above
.function rt_uaccess_close
  xorl %ecx, %ecx
  xorl %edx, %edx
  movl $RT_PKRU_MONITOR, %eax
  // FROM: fall, malice
  // PKRU: unknown. Whoever jumped here with the monitor's view in eax is stopped by the state.
.Luaccess_close:
  within_monitor .Luaccess_close, $RT_PKRU_MONITOR, .Luaccess_close_die
  movl $0, %gs:slot_window
  ret
  // FROM: .Luaccess_close, malice
  // PKRU: unknown. As above.
.Luaccess_close_die:
  int3
  ud2
.end_function rt_uaccess_close

  .section .note.GNU-stack, "", @progbits
