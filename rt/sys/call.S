/// The one syscall function. Its `syscall` and the restorer's are the only two of rt and crt. Where there is
/// no dispatch, a filter pins system calls to these two places (rt/policy/filter.h) and the selector means
/// nothing: a domain that jumps to this `syscall` is then served (rt/start/mediate.h).
#include "crt/assembly.h"
#include "rt/base/slot.h"

  .section .text.rt_sys_call, "ax", @progbits

// Makes one system call with the dispatch selector open around it.
//
// Prototype: long rt_sys_call(long a0, long a1, long a2, long a3, long a4, long a5, long number)
//   the kernel's answer, an errno as a negative number
// Callers: the monitor, once the thread slot exists
// PKRU before: the monitor's
// PKRU after: the same
//
// FROM: call, malice
// PKRU: unknown. A domain that jumps here is stopped by the store: the selector lies on key 0.
// LIVE: rdi rsi rdx rcx r8 r9 = arguments, 8(%rsp) = number
.function rt_sys_call
  movq 8(%rsp), %rax
  movb $RT_SELECTOR_ALLOW, %gs:slot_selector
  call .Lsys_site
  movb $RT_SELECTOR_BLOCK, %gs:slot_selector
  ret
.end_function rt_sys_call

// The same before dispatch is armed, when there is no slot and so no selector.
//
// Prototype: long rt_sys_call_early(long a0, long a1, long a2, long a3, long a4, long a5, long number)
// Callers: crt
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
  //   Without dispatch it serves.
  // LIVE: rax = number, rdi rsi rdx rcx r8 r9 = arguments
.Lsys_site:
  movq %rcx, %r10
  syscall
  // FROM: fall, malice
  // PKRU: unknown; whoever jumps here returns to its own caller.
  // LIVE: rax = answer; rcx and r11 = rip and rflags by the instruction [sdm-2 SYSCALL], or as they
  //   were, where the kernel uses FRED [linux sysret_rip.c v6.12]: nobody relies on either.
  .globl rt_sys_behind_syscall
rt_sys_behind_syscall:
  ret
.end_function rt_sys_call_early

  .section .note.GNU-stack, "", @progbits
