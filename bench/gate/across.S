/// The least that a call from one domain to another through the monitor costs: four view changes, the
/// return frame on the monitor's stack, every register wiped in both directions.
#include "bench/gate/parts.h"

  .section .text.bench_across, "ax", @progbits

// Calls `function` in Domain::peer. The state word stays what the call of the caller made it.
//
// Prototype: uint64_t bench_floor_across(const void *function)
// Callers: Domain::untrusted, bench/payload/guest.cc
// PKRU before: untrusted's
// PKRU after: untrusted's
//
// FROM: call
// PKRU: untrusted's. LIVE: rdi = function, rbx rbp r12-r15 to be kept
  .balign 64
.function bench_floor_across
  .cfi_undefined rip
  switch_view RT_PKRU_MONITOR
  cmpl $RT_PKRU_MONITOR, %eax
  jne .Lacross_die
  testb $RT_STATE_MONITOR, %gs:slot_state
  jne .Lacross_die
  // Atlas update: the monitor's view; rdx = the caller's stack, which the frame keeps.
  movq %rsp, %rdx
  movq %gs:slot_gate_rsp, %rsp
  pushq %rdx
  .irp register, rbx, rbp, r12, r13, r14, r15
  pushq %\register
  .endr
  movq %rdi, %r11
  load_control
  wipe_x87
  wipe_vectors 2
  movq %rsp, %gs:slot_gate_rsp
  movq %gs:slot_stack + 8 * BENCH_PEER_KEY, %rsp
  movl $rt_view_4, %gs:slot_view
  switch_view rt_view_4
  cmpl %gs:slot_view, %eax
  jne .Lacross_die
  zero eax, ebx, ebp, esi, edi, r8d, r9d, r10d, r12d, r13d, r14d, r15d
  call *%r11
  movq %rax, %rsi
  switch_view RT_PKRU_MONITOR
  cmpl $RT_PKRU_MONITOR, %eax
  jne .Lacross_die
  testb $RT_STATE_MONITOR, %gs:slot_state
  jne .Lacross_die
  // Atlas update: the monitor's view; rsi = result, the frame at gate_rsp.
  movq %gs:slot_gate_rsp, %rsp
  pushfq
  testl $RT_FLAGS_REFUSED, (%rsp)
  leaq 8(%rsp), %rsp
  jnz .Lacross_die
  load_control
  wipe_x87
  wipe_vectors 2
  movl $rt_view_2, %gs:slot_view
  zero edi, r8d, r9d, r10d, r11d
  .irp register, r15, r14, r13, r12, rbp, rbx
  popq %\register
  .endr
  popq %rdi
  movq %rsp, %gs:slot_gate_rsp
  movq %rdi, %rsp
  zero edi
  switch_view rt_view_2
  cmpl %gs:slot_view, %eax
  jne .Lacross_die
  movq %rsi, %rax
  zero esi
  ret
  // FROM: bench_floor_across
  // PKRU: unknown; a trap ends the caller's call, which the row takes for an error.
.Lacross_die:
  int3
  ud2
.end_function bench_floor_across

  .section .note.GNU-stack, "", @progbits
