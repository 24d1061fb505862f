/// Two accesses whose rows arrive in the wrong order: the later code's row is before the earlier one's.
#include "crt/assembly.h"

.macro loads name, section
  .section \section, "ax", @progbits
// Prototype: uint64_t \name(uintptr_t from); 0, or 1 after a fault
// Callers: order.cc, in a window
// FROM: call
// PKRU: the window's; after a fault the monitor's. LIVE: rdi = from
.function \name
  .globl \name\()_access, \name\()_fault
\name\()_access:
  movzbl (%rdi), %eax
  xorl %eax, %eax
  ret
\name\()_fault:
  movl $1, %eax
  ret
.end_function \name
.endm

// As exception_entry writes it (rt/uaccess/exception_table.h), for code of another section.
.macro row name, section
  .section __ex_table, "ao", @progbits, \section
  .long \name\()_access - .
  .long \name\()_fault - .
.endm

  loads rt_uaccess_order_first, .gate.rt_uaccess_order_first
  loads rt_uaccess_order_second, .gate.rt_uaccess_order_second
  row rt_uaccess_order_second, .gate.rt_uaccess_order_second
  row rt_uaccess_order_first, .gate.rt_uaccess_order_first

  .section .note.GNU-stack, "", @progbits
