/// A gate of a published shape: four view changes, and between them a monitor in C under a lock, with
/// descriptors and a call stack whose bounds are checked. No register is wiped [donky dcall]. Our own
/// code in that shape, not that system.
#include "bench/gate/parts.h"

  .section .text.bench_locked_monitor, "ax", @progbits

// Calls entry `number` of the monitor's table in Domain::untrusted's view.
//
// Prototype: uint64_t bench_shape_locked_monitor(uint64_t number)
// Callers: rows
// PKRU before: the monitor's, which here is the view of the calling part
// PKRU after: the same
//
// FROM: call
// PKRU: the monitor's. LIVE: rdi = number
  .balign 64
.function bench_shape_locked_monitor
  .irp register, rbx, rbp, r12, r13, r14, r15
  .save %\register
  .endr
  .push %rbx // for alignment
  switch_view BENCH_PKRU_BOTH
  // Atlas update: the view that is the monitor's in this shape.
  movq %rsp, %rsi
  call bench_shape_monitor_enter // rax = function, rdx = the callee's stack
  movq %rax, %r11
  movq %rdx, %rsp
  switch_view rt_view_2
  call *%r11
  movq %rax, %rbx
  switch_view BENCH_PKRU_BOTH
  movq %rsp, %rdi
  call bench_shape_monitor_leave // rax = the caller's stack
  movq %rax, %rsp
  switch_view RT_PKRU_MONITOR
  movq %rbx, %rax
  .pop %rbx
  .irp register, r15, r14, r13, r12, rbp, rbx
  .restore %\register
  .endr
  ret
.end_function bench_shape_locked_monitor

  .section .note.GNU-stack, "", @progbits
