/// The trap entry: every handled signal begins here. It believes no register and no memory until it has
/// proved that the kernel called.
#include "crt/assembly.h"
#include "rt/base/pkru_values.h"
#include "rt/base/slot.h"
#include "rt/patch/alternative.h"
#include "rt/patch/switch.h"
#include "rt/base/frame_layout.h"

  .section .trap.entry, "ax", @progbits

// Takes a signal and hands its frame to C++, which never returns here.
//
// Prototype: none; the kernel enters it as a signal handler
// Callers: the kernel; rsp = the frame {restorer, ucontext, siginfo} on an alternate stack
// PKRU before: the kernel's default: key 0 open, all other keys closed
// PKRU after: the monitor's
//
// FROM: signal, malice
// PKRU: unknown. The default view lets the store to the token word pass; every domain's view refuses
//   it (key 0 is write-disabled), so whoever comes here under a domain's view faults.
//   From here to rt_trap_switch: no access but to the public page, which lies on key 0.
// LIVE: rsp. The signal number, siginfo and ucontext registers are not believed: rsp leads to them.
.function rt_trap_entry
  // The return address of this frame is the restorer that the kernel pushed: unwinders see a signal.
  .cfi_def_cfa rsp, 8
  movq %rsp, %rax
  andq $-POSTERN_SLOT_SIZE, %rax
  // The interrupted code may be another signal's entry, between this store and its test.
  movq slot_token_absolute(%rax), %r12
  movq %rsp, slot_token_absolute(%rax)
  xorl %ecx, %ecx
  xorl %edx, %edx
  movl $RT_PKRU_MONITOR, %eax
  // FROM: fall, malice
  // PKRU: unknown. Whoever jumped here with the monitor's view in eax has not made the store above:
  //   the token is zero, or a number that is not its rsp.
  .globl rt_trap_switch
rt_trap_switch:
  switch_view rt_trap_switch, $RT_PKRU_MONITOR, .Ltrap_die
  // Atlas update: the view is the monitor's, proved; all registers are unproved, rsp too.
  movq %rsp, %rbx
  movabsq $__arena_start, %rax // no rip-relative distance, whose bytes could look like an instruction
  movq %rbx, %rcx
  subq %rax, %rcx
  cmpq $POSTERN_SLOT_SIZE * POSTERN_SLOT_COUNT, %rcx
  jae .Ltrap_die
  andq $-POSTERN_SLOT_SIZE, %rbx
  cmpq %rsp, slot_token_absolute(%rbx)
  jne .Ltrap_die
  movq $0, slot_token_absolute(%rbx)
  // Atlas update: the kernel called, proved: rsp = a frame that it has just written; rbx = slot of
  //   this thread, r12 = what the token word held. Flags are still the interrupted ones: nothing up to
  //   the handlers minds AC and NT, and the kernel has cleared DF and TF.
  movq %rsp, %r13
  .cfi_def_cfa r13, 8
  leaq POSTERN_SLOT_GS(%rbx), %rdi
  rdgsbase %rax
  cmpq %rax, %rdi
  je .Ltrap_gs_ready
  // A domain has loaded gs. The slot comes from rsp, which is proved.
  wrgsbase %rdi
  // FROM: fall, malice
  // PKRU: unknown. Whoever jumped to the wrgsbase is in its own view, which the test finds out.
.Ltrap_gs_written:
  xorl %ecx, %ecx
  rdpkru
  cmpl $RT_PKRU_MONITOR, %eax
  jne .Ltrap_die
  nop_where no_keys, .Ltrap_gs_written
  // FROM: rt_trap_switch, fall, malice
  // PKRU: unknown; for the kernel's call the monitor's, proved.
  // LIVE: r13 = frame, r12 = old token, rbx = slot
.Ltrap_gs_ready:
  rdfsbase %rax
  movq %gs:slot_fs_base, %rdi
  cmpq %rax, %rdi
  je .Ltrap_ready
  // A domain has loaded fs.
  wrfsbase %rdi
  // FROM: fall, malice
  // PKRU: unknown. Whoever jumped to the wrfsbase is in its own view, as above.
.Ltrap_fs_written:
  xorl %ecx, %ecx
  rdpkru
  cmpl $RT_PKRU_MONITOR, %eax
  jne .Ltrap_die
  nop_where no_keys, .Ltrap_fs_written
  // FROM: .Ltrap_gs_ready, fall, malice
  // PKRU: unknown; for the kernel's call the monitor's, proved.
  // LIVE: r13 = frame, r12 = old token, rbx = slot
.Ltrap_ready:
  movl frame_signal(%r13), %ecx
  movl $RT_SIGNALS_SYNCHRONOUS, %eax
  btq %rcx, %rax
  jnc .Ltrap_interrupt
  andq $-16, %rsp
  pushq $2
  popfq
  movq frame_state(%r13), %rax
  addq %gs:slot_pkru_at, %rax
  movl (%rax), %r14d
  movq %gs:slot_state, %r15
  movq $RT_STATE_MONITOR, %gs:slot_state // a fault from here to the gate is the monitor's
  // The kernel has disarmed this stack; up to here the next frame would have gone below this one. rbp is
  // still the interrupted code's. It is cleared, because functions save it on this stack, where another
  // domain may read it.
  xorl %ebp, %ebp
  movq %r13, %rdi
  call rt_trap_arm_other
  movq %r13, %rdi
  cmpq $RT_STATE_MONITOR, %r15
  je .Ltrap_handle
  // While a domain runs, nothing is stored below the gate frame. So the handler takes that stack. It copies
  // the frame there, because the next frame but one overwrites this one.
  movl $RT_FRAME_BYTES, %ecx
  cmpl $RT_SIGNAL_SYSCALL, frame_signal(%r13)
  jne .Ltrap_copy
  // A system call may be answered, and the domain then goes on. So the copy includes the XSAVE area, which is
  // above the frame.
  movq frame_state(%r13), %rax
  movl state_extended_size(%rax), %ecx
  addq %rax, %rcx
  subq %r13, %rcx
  // FROM: .Ltrap_ready, fall, malice
  // PKRU: unknown; for the kernel's call the monitor's, proved.
  // LIVE: r13 = frame, rcx = bytes of it, r14d = the interrupted PKRU, r15 = the interrupted state
.Ltrap_copy:
  movq %gs:slot_gate_rsp, %rdi
  subq %rcx, %rdi
  // The copy is at the same distance from a multiple of 64 as the frame: XSAVE areas must be aligned so.
  movq %rdi, %rax
  subq %r13, %rax
  andl $63, %eax
  subq %rax, %rdi
  movq %rdi, %rax
  movq %r13, %rsi
  rep movsb
  movq %rax, %rdi
  movq %rax, %rsp
  subq %r13, %rax
  addq %rax, frame_state(%rdi)
  // FROM: .Ltrap_ready, fall, malice
  // PKRU: unknown; for the kernel's call the monitor's, proved.
  // LIVE: rdi = frame, r14d = the interrupted PKRU, r15 = the interrupted state, rsp = below the frame
.Ltrap_handle:
  andq $-16, %rsp
  movl %r14d, %esi
  movq %r15, %rdx
  movq %r13, %rcx
  call rt_trap_handle // never returns
  ud2
  // An asynchronous signal may interrupt anything: its handler has a stack of its own, where no other
  // one lives, since all asynchronous signals are masked.
  // FROM: .Ltrap_ready, malice
  // PKRU: unknown; for the kernel's call the monitor's, proved.
  // LIVE: r13 = frame, r12 = old token, rbx = slot
.Ltrap_interrupt:
  leaq POSTERN_SLOT_HANDLER_TOP(%rbx), %rsp
  pushq $2
  popfq
  movq %r13, %rdi
  movq %r12, %rsi
  call rt_trap_interrupt // never returns
  ud2
  // FROM: rt_trap_switch, .Ltrap_gs_written, .Ltrap_fs_written, malice
  // PKRU: unknown. A trap of its own: the handler decides by the state whose fault it is.
.Ltrap_die:
  int3
  ud2
.end_function rt_trap_entry

  .section .note.GNU-stack, "", @progbits
