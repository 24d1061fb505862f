/// The stub's orders, and its one `syscall`.
#include "crt/assembly.h"
#include "rt/base/pkru_values.h"
#include "rt/base/control_words.h"
#include "rt/space/mailbox.h"
#include "rt/space/run_list.h"

  .section .space.stub.orders, "ax", @progbits

// CALL: calls a function of the domain. No register leads anywhere else, or tells of anything else.
//
// Prototype: none; function, six arguments and the stack are in the orders
// Callers: stub.S
// PKRU before: unknown, as everywhere in this file; a child's memory has key 0
// PKRU after: the same
//
// FROM: .Lstub_take, malice
// PKRU: unknown. LIVE: nothing
.function rt_space_stub_call
  movq ORDERS(stack), %rsp
  pushfq
  testl $RT_FLAGS_REFUSED, (%rsp)
  leaq 8(%rsp), %rsp
  jnz .Lorders_call_flags
  // FROM: .Lorders_call_flags, fall, malice
  // PKRU: unknown. LIVE: rsp = the domain's
.Lorders_call_words:
  stmxcsr -8(%rsp)
  cmpl $RT_START_MXCSR, -8(%rsp)
  jne .Lorders_call_mxcsr
  // FROM: .Lorders_call_mxcsr, fall, malice
  // PKRU: unknown. LIVE: rsp = the domain's
.Lorders_call_x87:
  fnstcw -8(%rsp)
  movzwl -8(%rsp), %ecx
  fnstsw %ax // without waiting, as fninit: the last call may have left an unmasked exception pending
  testl $0xffff, %eax
  jnz .Lorders_call_reset
  cmpl $RT_START_X87, %ecx
  jne .Lorders_call_reset
  emms // the status does not tell of MMX registers in use [sdm-1 9.5.1]
  // FROM: .Lorders_call_reset, fall, malice
  // PKRU: unknown. LIVE: rsp = the domain's
.Lorders_call_go:
  .cfi_undefined %rip // backtraces end here
  movq ORDERS_WORD(1), %rdi
  movq ORDERS_WORD(2), %rsi
  movq ORDERS_WORD(3), %rdx
  movq ORDERS_WORD(4), %rcx
  movq ORDERS_WORD(5), %r8
  movq ORDERS_WORD(6), %r9
  .irp register, eax, ebx, ebp, r10d, r11d, r12d, r13d, r14d, r15d
  xorl %\register, %\register
  .endr
  callq *ORDERS_WORD(0)
  movq %rax, ANSWERS_WORD(0)
  movl $RT_EVENT_RETURNED, ANSWERS(kind)
  jmp rt_space_stub_post
  // FROM: rt_space_stub_call, malice
  // PKRU: unknown. LIVE: rsp = the domain's
.Lorders_call_flags:
  pushq $2
  popfq
  jmp .Lorders_call_words
  // FROM: .Lorders_call_words, malice
  // PKRU: unknown. LIVE: rsp = the domain's
.Lorders_call_mxcsr:
  movl $RT_START_MXCSR, -8(%rsp)
  ldmxcsr -8(%rsp)
  jmp .Lorders_call_x87
  // FROM: .Lorders_call_x87, malice
  // PKRU: unknown. LIVE: rsp = the domain's
.Lorders_call_reset:
  fninit // the control word is then RT_START_X87 [sdm-2 FINIT]
  jmp .Lorders_call_go
.end_function rt_space_stub_call

// ANSWER: goes back to the domain that asked for a service or a cross call, at the rsp that it said.
//
// Prototype: none; rsp, rax and rdx are in the orders
// Callers: stub.S
// PKRU before: unknown
// PKRU after: the same
//
// FROM: .Lstub_take, malice
// PKRU: unknown. LIVE: nothing
.function rt_space_stub_answer
  movq ORDERS_WORD(0), %rsp
  // Only a call in between can have changed the control words.
  stmxcsr -8(%rsp)
  fnstcw -4(%rsp)
  movl -8(%rsp), %eax
  cmpl (%rsp), %eax
  jne .Lorders_answer_words
  movzwl -4(%rsp), %eax
  cmpw 4(%rsp), %ax
  jne .Lorders_answer_words
  // FROM: .Lorders_answer_words, fall, malice
  // PKRU: unknown. LIVE: rsp = MXCSR, x87 control word, r15-r12, rbp, rbx, return address
.Lorders_answer_go:
  addq $8, %rsp
  movq ORDERS_WORD(1), %rax
  movq ORDERS_WORD(2), %rdx
  popq %r15
  popq %r14
  popq %r13
  popq %r12
  popq %rbp
  popq %rbx
  .irp register, ecx, esi, edi, r8d, r9d, r10d, r11d
  xorl %\register, %\register
  .endr
  ret
  // FROM: rt_space_stub_answer, malice
  // PKRU: unknown. LIVE: rsp as above
.Lorders_answer_words:
  fnclex
  ldmxcsr (%rsp)
  fldcw 4(%rsp)
  jmp .Lorders_answer_go
.end_function rt_space_stub_answer

// RESUME: goes back to what a signal interrupted, with every register of the frame.
//
// Prototype: none; rsp is in the orders
// Callers: stub.S
// PKRU before: unknown
// PKRU after: the frame's
//
// FROM: .Lstub_take, malice
// PKRU: unknown. LIVE: nothing
.function rt_space_stub_resume
  movq ORDERS_WORD(0), %rsp
  // FROM: rt_space_stub_trap, fall, malice
  // PKRU: unknown. LIVE: rsp = a frame without its restorer word
  .globl rt_space_stub_resume_frame
rt_space_stub_resume_frame:
  movl $15, %eax // rt_sigreturn
  // The one `syscall` of a child. It goes on at r15; each user says so at its label.
  // FROM: .Lstub_yield, .Lstub_look, .Lstub_wake, rt_space_stub_batch, rt_space_stub_ready, fall, malice
  // PKRU: unknown. LIVE: rax, rdi rsi rdx r10 r8 r9, r15 = where to go on
  .globl rt_space_stub_syscall
rt_space_stub_syscall:
  syscall
  // FROM: fall, malice
  // PKRU: unknown. LIVE: rax = the answer, r15
  .globl rt_space_stub_syscall_end
rt_space_stub_syscall_end:
  jmpq *%r15
.end_function rt_space_stub_resume

// BATCH: runs the list of system calls.
//
// Prototype: none; the list is in the orders, the results are in the answers
// Callers: stub.S
// PKRU before: unknown
// PKRU after: the same
//
// FROM: .Lstub_take, malice
// PKRU: unknown. LIVE: nothing
.function rt_space_stub_batch
  run_list orders_batch, rt_space_stub_syscall, .Lorders_batched, bounds=1
  // FROM: rt_space_stub_batch, malice
  // PKRU: unknown. LIVE: r12 = the index where it ended
.Lorders_batched:
  movq %r12, ANSWERS_WORD(0)
  movl $RT_EVENT_BATCHED, ANSWERS(kind)
  jmp rt_space_stub_post
.end_function rt_space_stub_batch

// The last step of a child's birth: the builder's page goes.
//
// Prototype: none; r12 = how many items of the first list succeeded
// Callers: build.S
// PKRU before: unknown
// PKRU after: the same
//
// FROM: .Lbuild_born, malice
// PKRU: unknown. LIVE: r12
.function rt_space_stub_ready
  movl $11, %eax // munmap
  leaq rt_space_stub_begin - POSTERN_PAGE(%rip), %rdi
  movl $POSTERN_PAGE, %esi
  leaq rt_space_stub_ready_unmapped(%rip), %r15
  jmp rt_space_stub_syscall
  // FROM: .Lbuild_zygote_parent, malice (and the `syscall`, by r15)
  // PKRU: unknown. LIVE: r12, rax = munmap's answer; the zygote's is 0
  .globl rt_space_stub_ready_unmapped
rt_space_stub_ready_unmapped:
  movq %r12, ANSWERS_WORD(0)
  movq %rax, ANSWERS_WORD(1)
  movl $RT_EVENT_READY, ANSWERS(kind)
  jmp rt_space_stub_post
.end_function rt_space_stub_ready

  .section .note.GNU-stack, "", @progbits
