/// The stub: what a child process runs besides its domain. It takes orders, and says what became of them.
#include "crt/assembly.h"
#include "rt/space/mailbox.h"
#include "rt/base/frame_layout.h"

// Position-independent: one page of code, the mailbox after it, and nothing else. It trusts nobody and need not: what
// it could do, the domain beside it could do, too, by a jump to the one `syscall` with registers of its own. The
// filter bounds both (filter.h). All that it says is a claim of the domain's.
//
// It has no state. Each order says on which stack it goes on. Waiting needs no stack.

  .section .space.stub, "ax", @progbits
  .balign POSTERN_PAGE
  // FROM: malice
  // PKRU: unknown, as everywhere in this file; a child's memory has key 0.
  .globl rt_space_stub_begin
rt_space_stub_begin:

// Says that a signal came. The frame stays on the alternate stack, until the next order.
//
// Prototype: none; the kernel enters it as the handler of all signals that a child does not block
// Callers: the kernel; rsp = the frame {restorer, ucontext, siginfo}
// PKRU before: the kernel's default
// PKRU after: the same
//
// FROM: signal, fall, malice
// PKRU: unknown. LIVE: edi = the signal, rsp = its frame
.function rt_space_stub_trap
  .cfi_def_cfa rsp, 8
  cmpl $RT_SIGNAL_STOP, %edi
  jne .Lstub_trapped
  // A stop that interrupts the stub or the builder says nothing: no code of a domain runs, and an order may be half
  // taken, which a RESUME would replace.
  movq frame_rip(%rsp), %rax
  leaq rt_space_stub_begin - POSTERN_PAGE(%rip), %rcx
  subq %rcx, %rax
  cmpq $2 * POSTERN_PAGE, %rax
  jae .Lstub_trapped
  addq $8, %rsp
  jmp rt_space_stub_resume_frame
  // FROM: rt_space_stub_trap, malice
  // PKRU: unknown. LIVE: edi, rsp as above
.Lstub_trapped:
  movl %edi, %eax
  movq %rax, ANSWERS_WORD(0)
  movq %rsp, ANSWERS_WORD(1)
  movq frame_cr2(%rsp), %rax
  movq %rax, ANSWERS_WORD(2)
  movq frame_error(%rsp), %rax
  movq %rax, ANSWERS_WORD(3)
  movq frame_trap(%rsp), %rax
  movq %rax, ANSWERS_WORD(4)
  movl $RT_EVENT_TRAPPED, ANSWERS(kind)
  jmp rt_space_stub_post
.end_function rt_space_stub_trap

// A domain calls another domain, and asks the monitor for a service: rt_gate_cross and rt_gate_service jump here.
//
// Prototype: as rt_gate_cross
// Callers: domains, in a child
// PKRU before: any
// PKRU after: the same
//
// FROM: call, malice
// PKRU: unknown. LIVE: edi = number, rsi rdx rcx r8 r9 = arguments, rbx rbp r12-r15 = to be kept
.function rt_space_stub_cross
  movl $RT_EVENT_CROSSING, %eax
  jmp .Lstub_ask
.end_function rt_space_stub_cross

// Prototype: as rt_gate_service
// Callers: domains, in a child
// PKRU before: any
// PKRU after: the same
//
// FROM: call, malice
// PKRU: unknown. LIVE: rdi = number, rsi rdx rcx r8 r9 = arguments, rbx rbp r12-r15 = to be kept
.function rt_space_stub_service
  movl $RT_EVENT_SERVICE, %eax
  // FROM: rt_space_stub_cross, fall, malice
  // PKRU: unknown. LIVE: as above, eax = kind of the event
.Lstub_ask:
  .save %rbx
  .save %rbp
  .save %r12
  .save %r13
  .save %r14
  .save %r15
  subq $8, %rsp
  .cfi_adjust_cfa_offset 8
  stmxcsr (%rsp)
  fnstcw 4(%rsp)
  movq %rdi, ANSWERS_WORD(0)
  movq %rsi, ANSWERS_WORD(1)
  movq %rdx, ANSWERS_WORD(2)
  movq %rcx, ANSWERS_WORD(3)
  movq %r8, ANSWERS_WORD(4)
  movq %r9, ANSWERS_WORD(5)
  movq %rsp, ANSWERS_WORD(6)
  movl %eax, ANSWERS(kind)
  jmp rt_space_stub_post
.end_function rt_space_stub_service

// Says that no order is open: a call that was stopped and given up leads here.
//
// Prototype: none; by a RESUME whose frame has this rip
// Callers: rt_sigreturn
// PKRU before: any
// PKRU after: the same
//
// FROM: signal, malice
// PKRU: unknown. LIVE: nothing
.function rt_space_stub_idle
  movl $RT_EVENT_IDLE, ANSWERS(kind)
  // Publishes the event, and waits for the next order.
  // FROM: .Lstub_trapped, .Lstub_ask, .Lorders_call_go, .Lorders_batched, rt_space_stub_ready_unmapped,
  //   .Lbuild_cloned, fall, malice
  // PKRU: unknown. LIVE: the answers, without their sequence
  .globl rt_space_stub_post
rt_space_stub_post:
  xorl %ebp, %ebp // 1 once the monitor has been woken for this event
  movl ORDERS(sequence), %ebx
  movl %ebx, ANSWERS(sequence)
  leaq .Lstub_wait(%rip), %r15
  cmpl $0, ORDERS(waiting)
  jne .Lstub_wake
  // FROM: fall, malice (and the `syscall`, by r15)
  // PKRU: unknown. LIVE: ebx = the last order's sequence, ebp
.Lstub_wait:
  movl ORDERS(spin), %ecx
  // FROM: .Lstub_spin, fall, malice
  // PKRU: unknown. LIVE: ebx, ebp, ecx = looks that are left
.Lstub_spin:
  cmpl ORDERS(sequence), %ebx
  jne .Lstub_take
  pause
  decl %ecx
  jns .Lstub_spin
  xorl %r12d, %r12d
  // FROM: .Lstub_yielded, fall, malice
  // PKRU: unknown. LIVE: ebx, ebp, r12d = yields so far; the monitor changes how many there shall be
.Lstub_yield:
  cmpl ORDERS(yield), %r12d
  jae .Lstub_sleep
  incl %r12d
  movl $24, %eax // sched_yield
  leaq .Lstub_yielded(%rip), %r15
  jmp rt_space_stub_syscall
  // FROM: malice (and the `syscall`, by r15)
  // PKRU: unknown. LIVE: ebx, ebp, r12d
.Lstub_yielded:
  cmpl ORDERS(sequence), %ebx
  je .Lstub_yield
  jmp .Lstub_take
  // The store of either side's flag must precede its look at the other's: the one exchange is the fence.
  // FROM: .Lstub_yield, malice
  // PKRU: unknown. LIVE: ebx, ebp
.Lstub_sleep:
  movl $1, %eax
  xchgl %eax, ANSWERS(sleeping)
  testl %ebp, %ebp
  jne .Lstub_look
  leaq .Lstub_look(%rip), %r15
  cmpl $0, ORDERS(waiting)
  jne .Lstub_wake
  // FROM: .Lstub_sleep, fall, malice (and the `syscall`, by r15)
  // PKRU: unknown. LIVE: ebx, ebp
.Lstub_look:
  cmpl ORDERS(sequence), %ebx
  jne .Lstub_awake
  movl $202, %eax // futex
  leaq ORDERS(sequence), %rdi
  xorl %esi, %esi // FUTEX_WAIT
  movl %ebx, %edx
  xorl %r10d, %r10d // for any time
  leaq .Lstub_look(%rip), %r15
  jmp rt_space_stub_syscall
  // FROM: rt_space_stub_post, .Lstub_sleep, malice
  // PKRU: unknown. LIVE: ebx, r15 = where to go on
.Lstub_wake:
  movl $1, %ebp
  movl $202, %eax // futex
  leaq ANSWERS(sequence), %rdi
  movl $1, %esi // FUTEX_WAKE
  movl $1, %edx
  jmp rt_space_stub_syscall
  // FROM: .Lstub_look, malice
  // PKRU: unknown. LIVE: nothing
.Lstub_awake:
  movl $0, ANSWERS(sleeping)
  // FROM: .Lstub_spin, .Lstub_yielded, fall, malice
  // PKRU: unknown. LIVE: nothing; the order is complete, because its sequence was written last
.Lstub_take:
  movl ORDERS(kind), %ecx
  cmpl $RT_ORDER_CALL, %ecx
  je rt_space_stub_call
  cmpl $RT_ORDER_ANSWER, %ecx
  je rt_space_stub_answer
  cmpl $RT_ORDER_RESUME, %ecx
  je rt_space_stub_resume
  cmpl $RT_ORDER_BATCH, %ecx
  je rt_space_stub_batch
  cmpl $RT_ORDER_SPAWN, %ecx
  je rt_space_build_spawn // a child faults there
  ud2
.end_function rt_space_stub_idle

  .section .note.GNU-stack, "", @progbits
