/// Copies between the monitor and a domain, in an open window: each byte is fetched once. Clearing, too.
#include "crt/assembly.h"
#include "rt/patch/alternative.h"
#include "rt/uaccess/exception_table.h"

  .section .gate.uaccess, "ax", @progbits

// Below so many bytes a loop is done before `rep movsb` has begun, on processors that are slow to begin it:
// some thirty cycles by the manuals, not measured here.
.set short_copy, 24

// Copies forwards.
//
// Prototype: size_t rt_uaccess_copy(void *to, const void *from, size_t bytes)
//   the number of bytes that were not copied: 0, or what was left when an access faulted
// Callers: rt/uaccess/copy.cc, which has checked the range and opened the window
// PKRU before: the window's
// PKRU after: the same; after a fault the monitor's
//
// FROM: call, malice
// PKRU: unknown; nothing here changes it. Whoever jumped here copies under its own view.
// LIVE: rdi = to, rsi = from, rdx = bytes
.function rt_uaccess_copy
  movq %rdx, %rcx
  // FROM: fall, malice
  // PKRU: unknown, as above. LIVE: rdi = to, rsi = from, rcx = bytes
.Lcopy_choose:
  cmpq $short_copy, %rcx
  jb .Lcopy_next
  nop_where fsrm, .Lcopy_choose
  // FROM: fall, malice
  // PKRU: unknown, as above. A fault of the monitor's goes on at the fix-up.
.Lcopy_access:
  rep movsb
  // FROM: fall, .Lcopy_next, fix-up, malice
  // PKRU: unknown; from the fix-up the monitor's, proved: the window is closed.
  // LIVE: rcx = bytes that are left, by the instruction or as the fault found it
.Lcopy_done:
  movq %rcx, %rax
  ret
  // FROM: .Lcopy_choose, .Lcopy_store, malice
  // PKRU: unknown, as above. LIVE: rdi = to, rsi = from, rcx = bytes that are left
.Lcopy_next:
  testq %rcx, %rcx
  je .Lcopy_done
  // FROM: fall, malice
  // PKRU: unknown, as above. A fault of the monitor's goes on at the fix-up.
.Lcopy_load:
  movzbl (%rsi), %eax
  // FROM: fall, malice
  // PKRU: unknown, as above. A fault of the monitor's goes on at the fix-up. LIVE: al = the byte
.Lcopy_store:
  movb %al, (%rdi)
  incq %rsi
  incq %rdi
  decq %rcx
  jmp .Lcopy_next
  exception_entry .Lcopy_access, .Lcopy_done
  exception_entry .Lcopy_load, .Lcopy_done
  exception_entry .Lcopy_store, .Lcopy_done
.end_function rt_uaccess_copy

// Makes bytes zero.
//
// Prototype: size_t rt_uaccess_clear(void *to, size_t bytes)
//   the number of bytes that were not cleared: 0, or what was left when an access faulted
// Callers: rt/uaccess/copy.cc, which has checked the range and opened the window
// PKRU before: the window's
// PKRU after: the same; after a fault the monitor's
//
// FROM: call, malice
// PKRU: unknown; nothing here changes it. Whoever jumped here clears under its own view.
// LIVE: rdi = to, rsi = bytes
.function rt_uaccess_clear
  movq %rsi, %rcx
  xorl %eax, %eax
  // FROM: fall, malice
  // PKRU: unknown, as above. A fault of the monitor's goes on at the fix-up. LIVE: rdi = to, rcx = bytes
.Lclear_access:
  rep stosb
  // FROM: fall, fix-up, malice
  // PKRU: unknown; from the fix-up the monitor's, proved: the window is closed.
  // LIVE: rcx = bytes that are left, by the instruction or as the fault found it
.Lclear_done:
  movq %rcx, %rax
  ret
  exception_entry .Lclear_access, .Lclear_done
.end_function rt_uaccess_clear

// Copies a string up to and with its null byte.
//
// Prototype: size_t rt_uaccess_string(char *to, const char *from, size_t limit)
//   its length without the null byte, `limit` when the first `limit` bytes hold none, or all ones
//   when an access faulted
// Callers: rt/uaccess/copy.cc, which has checked the range and opened the window
// PKRU before: the window's
// PKRU after: the same; after a fault the monitor's
//
// FROM: call, malice
// PKRU: unknown; nothing here changes it. Whoever jumped here copies under its own view.
// LIVE: rdi = to, rsi = from, rdx = limit
.function rt_uaccess_string
  xorl %eax, %eax
  // FROM: .Lstring_access, fall, malice
  // PKRU: unknown, as above. LIVE: rax = bytes copied
.Lstring_next:
  cmpq %rdx, %rax
  je .Lstring_done
  // FROM: fall, malice
  // PKRU: unknown, as above. A fault of the monitor's goes on at the fix-up.
.Lstring_access:
  movzbl (%rsi, %rax), %ecx
  movb %cl, (%rdi, %rax)
  testb %cl, %cl
  je .Lstring_done
  incq %rax
  jmp .Lstring_next
  // FROM: fix-up, malice
  // PKRU: unknown; from the fix-up the monitor's, proved: the window is closed.
.Lstring_fault:
  movq $-1, %rax
  // FROM: .Lstring_next, .Lstring_access, fall, malice
  // PKRU: unknown; whose it was. LIVE: rax = answer
.Lstring_done:
  ret
  exception_entry .Lstring_access, .Lstring_fault
.end_function rt_uaccess_string

  .section .note.GNU-stack, "", @progbits
