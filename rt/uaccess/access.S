/// One load or store of a domain's memory, in an open window: the value is fetched once.
#include "crt/assembly.h"
#include "linker/layout.h"
#include "rt/base/pkru_values.h"
#include "rt/base/slot.h"
#include "rt/patch/alternative.h"
#include "rt/uaccess/exception_table.h"

// Each function takes the domain's own address. Where the monitor sees memory of domains elsewhere
// (rt/domain/alias.h), start turns its first five bytes into a jump to a second body, which adds the distance: one
// bit, which no address of the image has. It does so in a window that has the monitor's view. In a program in which
// other domains have keys, their windows have other views. An addition before the call would cost programs with keys
// alone a cycle for each access of an open window.

  .section .gate.uaccess, "ax", @progbits

.macro load bytes, move, to
// Loads \bytes bytes, zero-extended.
//
// Prototype: RtLoaded rt_uaccess_load_\bytes(uintptr_t own); {value, 0}, or {0, 1} after a fault
// Callers: rt/uaccess/user.cc, which has checked the range and opened the window
// PKRU before: the window's
// PKRU after: the same; after a fault the monitor's
//
// FROM: call, malice
// PKRU: unknown; nothing here changes it. Whoever jumped here loads under its own view.
// LIVE: rdi = the domain's own address
.function rt_uaccess_load_\bytes
  // FROM: fall, malice
  // PKRU: unknown, as above. A fault of the monitor's goes on at the fix-up.
.Lload_\bytes\()_access:
  \move (%rdi), \to
  xorl %edx, %edx
  ret
  jump_where apart, .Lload_\bytes\()_access, rt_uaccess_load_\bytes\()_seen
  // FROM: fix-up, malice
  // PKRU: unknown; from the fix-up the monitor's, proved: the window is closed.
.Lload_\bytes\()_fault:
  xorl %eax, %eax
  movl $1, %edx
  ret
  exception_entry .Lload_\bytes\()_access, .Lload_\bytes\()_fault
.end_function rt_uaccess_load_\bytes

// The second body.
//
// Prototype: as rt_uaccess_load_\bytes
// Callers: rt_uaccess_load_\bytes, where start has patched it
// PKRU before: the window's
// PKRU after: the same
//
// FROM: .Lload_\bytes\()_access, malice
// PKRU: unknown, as in the first body. A domain that jumps here faults at the first private gs word.
// LIVE: rdi = the domain's own address
.function rt_uaccess_load_\bytes\()_seen
  cmpl $RT_PKRU_MONITOR, %gs:slot_window
  jne .Lload_\bytes\()_access_seen
  btsq $POSTERN_ALIAS_BIT, %rdi
  // FROM: rt_uaccess_load_\bytes\()_seen, fall, malice
  // PKRU: unknown, as above. A fault of the monitor's goes on at the fix-up. LIVE: rdi = where the monitor sees it
.Lload_\bytes\()_access_seen:
  \move (%rdi), \to
  xorl %edx, %edx
  ret
  // FROM: fix-up, malice
  // PKRU: unknown, as above.
.Lload_\bytes\()_fault_seen:
  xorl %eax, %eax
  movl $1, %edx
  ret
  exception_entry .Lload_\bytes\()_access_seen, .Lload_\bytes\()_fault_seen
.end_function rt_uaccess_load_\bytes\()_seen
.endm

  load 1, movzbl, %eax
  load 2, movzwl, %eax
  load 4, movl, %eax
  load 8, movq, %rax

.macro store bytes, move, from
// Stores the low \bytes bytes of `value`.
//
// Prototype: uint64_t rt_uaccess_store_\bytes(uintptr_t own, uint64_t value); 0, or 1 after a fault
// Callers: rt/uaccess/user.cc, which has checked the range and opened the window
// PKRU before: the window's
// PKRU after: the same; after a fault the monitor's
//
// FROM: call, malice
// PKRU: unknown; nothing here changes it. Whoever jumped here stores under its own view.
// LIVE: rdi = the domain's own address, rsi = value
.function rt_uaccess_store_\bytes
  // FROM: fall, malice
  // PKRU: unknown, as above. A fault of the monitor's goes on at the fix-up.
.Lstore_\bytes\()_access:
  \move \from, (%rdi)
  xorl %eax, %eax
  ret
  jump_where apart, .Lstore_\bytes\()_access, rt_uaccess_store_\bytes\()_seen
  // FROM: fix-up, malice
  // PKRU: unknown; from the fix-up the monitor's, proved: the window is closed.
.Lstore_\bytes\()_fault:
  movl $1, %eax
  ret
  exception_entry .Lstore_\bytes\()_access, .Lstore_\bytes\()_fault
.end_function rt_uaccess_store_\bytes

// The second body.
//
// Prototype: as rt_uaccess_store_\bytes
// Callers: rt_uaccess_store_\bytes, where start has patched it
// PKRU before: the window's
// PKRU after: the same
//
// FROM: .Lstore_\bytes\()_access, malice
// PKRU: unknown, as in the first body. A domain that jumps here faults at the first private gs word.
// LIVE: rdi = the domain's own address, rsi = value
.function rt_uaccess_store_\bytes\()_seen
  cmpl $RT_PKRU_MONITOR, %gs:slot_window
  jne .Lstore_\bytes\()_access_seen
  btsq $POSTERN_ALIAS_BIT, %rdi
  // FROM: rt_uaccess_store_\bytes\()_seen, fall, malice
  // PKRU: unknown, as above. A fault of the monitor's goes on at the fix-up. LIVE: rdi = where the monitor sees it, rsi
.Lstore_\bytes\()_access_seen:
  \move \from, (%rdi)
  xorl %eax, %eax
  ret
  // FROM: fix-up, malice
  // PKRU: unknown, as above.
.Lstore_\bytes\()_fault_seen:
  movl $1, %eax
  ret
  exception_entry .Lstore_\bytes\()_access_seen, .Lstore_\bytes\()_fault_seen
.end_function rt_uaccess_store_\bytes\()_seen
.endm

  store 1, movb, %sil
  store 2, movw, %si
  store 4, movl, %esi
  store 8, movq, %rsi

  .section .note.GNU-stack, "", @progbits
