/// The builder: how the zygote begins, and makes children. Its page is gone before a domain's first instruction.
#include "crt/assembly.h"
#include "rt/space/mailbox.h"
#include "rt/space/run_list.h"

// The filter lets every call pass from here, with every argument. So a child must not have this page, and can never
// have other code in its place: no call that it may make gives it executable memory (filter.h).

  .section .space.build, "ax", @progbits
  .balign POSTERN_PAGE
  // FROM: malice
  // PKRU: unknown, as everywhere in this file; zygote and children have key 0 alone.
  .globl rt_space_build_begin
rt_space_build_begin:

// The zygote's first instruction after its fork. Never returns.
//
// Prototype: none; the list of its orders makes it what it must be
// Callers: zygote.cc, with gs as in the monitor and a stack
// PKRU before: the monitor's
// PKRU after: the same
//
// FROM: call, fall, malice
// PKRU: unknown. LIVE: rsp = a stack, for the one call
.function rt_space_build_zygote
  // A fork copies vector registers, and children inherit them. General registers are zeroed by each call.
  call rt_gate_scrub
  leaq .Lbuild_zygote_listed(%rip), %r14
  jmp .Lbuild_list
  // FROM: malice (and .Lbuild_list, by r14)
  // PKRU: unknown. LIVE: r12 = how many items succeeded
.Lbuild_zygote_listed:
  // A monitor that ended before the list asked for a signal of its death has left none.
  movl $110, %eax // getppid
  leaq .Lbuild_zygote_parent(%rip), %r15
  jmp .Lbuild_syscall
  // FROM: malice (and the `syscall`, by r15)
  // PKRU: unknown. LIVE: rax = the parent, r12 = how many items succeeded
.Lbuild_zygote_parent:
  cmpq ORDERS(parent), %rax
  jne .Lbuild_exit
  xorl %eax, %eax
  jmp rt_space_stub_ready_unmapped
.end_function rt_space_build_zygote

// SPAWN: makes a child, which maps its own mailbox over the zygote's, and runs its own list.
//
// Prototype: none; the descriptors and the flags are in the orders
// Callers: stub.S
// PKRU before: unknown
// PKRU after: the same
//
// FROM: .Lstub_take, malice
// PKRU: unknown. LIVE: nothing
.function rt_space_build_spawn
  movq ORDERS_WORD(0), %r13
  movq ORDERS_WORD(1), %r14
  movq ORDERS_WORD(2), %rbx
  movq ORDERS_WORD(3), %rbp
  movl $56, %eax // clone
  movq ORDERS_WORD(4), %rdi
  xorl %esi, %esi // the stack stays; nothing uses it
  xorl %edx, %edx
  xorl %r10d, %r10d
  xorl %r8d, %r8d
  leaq .Lbuild_cloned(%rip), %r15
  jmp .Lbuild_syscall
  // FROM: malice (and the `syscall`, by r15)
  // PKRU: unknown. LIVE: rax = the process id, or 0 in the child; r13 r14 = orders, rbx rbp = answers
.Lbuild_cloned:
  testq %rax, %rax
  jz .Lbuild_child
  movq %rax, ANSWERS_WORD(0)
  movl $RT_EVENT_SPAWNED, ANSWERS(kind)
  jmp rt_space_stub_post
  // FROM: .Lbuild_cloned, malice
  // PKRU: unknown. LIVE: r13 r14, rbx rbp as above
.Lbuild_child:
  movl $9, %eax // mmap
  leaq ORDERS(sequence), %rdi
  movl $RT_MAILBOX_ORDERS_BYTES, %esi
  movl $1, %edx     // PROT_READ
  movl $0x11, %r10d // MAP_SHARED | MAP_FIXED
  movq %r13, %r8
  movq %r14, %r9
  leaq .Lbuild_orders(%rip), %r15
  jmp .Lbuild_syscall
  // FROM: malice (and the `syscall`, by r15)
  // PKRU: unknown. LIVE: rax = mmap's answer, rdi, rbx rbp as above
.Lbuild_orders:
  cmpq %rdi, %rax
  jne .Lbuild_exit
  movl $9, %eax // mmap
  leaq ANSWERS(sequence), %rdi
  movl $RT_MAILBOX_ANSWERS_BYTES, %esi
  movl $3, %edx     // PROT_READ | PROT_WRITE
  movl $0x11, %r10d // MAP_SHARED | MAP_FIXED
  movq %rbx, %r8
  movq %rbp, %r9
  leaq .Lbuild_answers(%rip), %r15
  jmp .Lbuild_syscall
  // FROM: malice (and the `syscall`, by r15)
  // PKRU: unknown. LIVE: rax = mmap's answer, rdi
.Lbuild_answers:
  cmpq %rdi, %rax
  jne .Lbuild_exit
  leaq .Lbuild_child_listed(%rip), %r14
  // Runs the list of the orders, and goes on at r14.
  // FROM: rt_space_build_zygote, fall, malice
  // PKRU: unknown. LIVE: r14
.Lbuild_list:
  run_list build_list, .Lbuild_syscall, .Lbuild_listed
  // FROM: .Lbuild_list, malice
  // PKRU: unknown. LIVE: r12 = the index where it ended, r14
.Lbuild_listed:
  jmpq *%r14
  // FROM: malice (and .Lbuild_list, by r14)
  // PKRU: unknown. LIVE: r12 = how many items succeeded
.Lbuild_child_listed:
  movl $110, %eax // getppid, as above
  leaq .Lbuild_born(%rip), %r15
  jmp .Lbuild_syscall
  // FROM: malice (and the `syscall`, by r15)
  // PKRU: unknown. LIVE: rax = the parent, r12 = how many items succeeded
.Lbuild_born:
  cmpq ORDERS(parent), %rax
  je rt_space_stub_ready
  // FROM: .Lbuild_zygote_parent, .Lbuild_orders, .Lbuild_answers, fall, malice
  // PKRU: unknown. LIVE: nothing
.Lbuild_exit:
  movl $231, %eax // exit_group
  movl $1, %edi
  // The zygote's one `syscall`. It goes on at r15; each user says so at its label.
  // FROM: .Lbuild_zygote_listed, rt_space_build_spawn, .Lbuild_child, .Lbuild_orders, .Lbuild_list,
  //   .Lbuild_child_listed, fall, malice
  // PKRU: unknown. LIVE: rax, rdi rsi rdx r10 r8 r9, r15 = where to go on
.Lbuild_syscall:
  syscall
  // FROM: fall, malice
  // PKRU: unknown. LIVE: rax = the answer, r15
  .globl rt_space_build_syscall_end
rt_space_build_syscall_end:
  jmpq *%r15
.end_function rt_space_build_spawn

  .section .note.GNU-stack, "", @progbits
