/// The one syscall function. Its `syscall` and the restorer's are the only two of rt and crt. The filters serve
/// these two places alone (rt/syscall/filter.h), and only a caller who shows the call word in a register. A domain
/// that jumps to this `syscall` does not know that word, so it is refused where there is no dispatch, too.
#include "crt/assembly.h"
#include "rt/base/slot.h"

  .section .text.rt_sys_call, "ax", @progbits

// Makes one system call with the dispatch selector open around it. The sixth argument is not the caller's: it is
// the call word, which the filters demand and the kernel does not look at.
//
// Prototype: long rt_sys_call(long a0, long a1, long a2, long a3, long a4, long number)
//   the kernel's answer, an errno as a negative number
// Callers: the monitor, once the thread slot exists
// PKRU before: the monitor's
// PKRU after: the same
//
// FROM: call, malice
// PKRU: unknown. A domain that jumps here is stopped by the store, the selector lies on key 0; one that jumps
//   behind the store is stopped by the load, the word lies on the private page.
// LIVE: rdi rsi rdx rcx r8 = arguments, r9 = number
.function rt_sys_call
  movq %r9, %rax
  movb $RT_SELECTOR_ALLOW, %gs:slot_selector
  // From here to the xor r9 holds the word. A signal in between saves it in a frame, which is wiped before any
  //   domain runs where domains read frames (rt/trap/frame.cc).
  movq %gs:slot_call_word, %r9
  call .Lsys_site
  xorl %r9d, %r9d
  movb $RT_SELECTOR_BLOCK, %gs:slot_selector
  ret
.end_function rt_sys_call

// The same before dispatch is armed, when there is no slot and so no selector.
//
// Prototype: long rt_sys_call_early(long a0, long a1, long a2, long a3, long a4, long a5, long number)
// Callers: crt, and rt_trap_probe_dispatch; before any filter
// PKRU before: the kernel's default
// PKRU after: the same
//
// FROM: call, malice
// PKRU: unknown. A domain that jumps here meets a closed selector at the `syscall`.
// LIVE: rdi rsi rdx rcx r8 r9 = arguments, 8(%rsp) = number
.function rt_sys_call_early
  movq 8(%rsp), %rax
  // FROM: rt_sys_call, fall, malice
  // PKRU: unknown. Whoever jumps here under a domain's view finds the selector at BLOCK, which that
  //   view cannot change: the kernel dispatches instead of serving [linux syscall-user-dispatch].
  //   Without dispatch the filter refuses, because r9 is not the word.
  // LIVE: rax = number, rdi rsi rdx rcx r8 r9 = arguments; from rt_sys_call r9 = the call word
.Lsys_site:
  movq %rcx, %r10
  syscall
  // FROM: fall, malice
  // PKRU: unknown; whoever jumps here returns to its own caller.
  // LIVE: rax = answer, r9 as it was; rcx and r11 = rip and rflags by the instruction [sdm-2 SYSCALL], or as
  //   they were, where the kernel uses FRED [linux sysret_rip.c v6.12]: nobody relies on either.
  .globl rt_sys_behind_syscall
rt_sys_behind_syscall:
  ret
.end_function rt_sys_call_early

  .section .note.GNU-stack, "", @progbits
