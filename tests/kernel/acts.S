/// One instruction under a PKRU of choice.
#include "crt/assembly.h"
#include "tests/kernel/notes.h"

  .section .text.kernel_acts, "ax", @progbits

// Sets PKRU, any value.
//
// Prototype: void kernel_set_pkru(uint32_t pkru)
// Callers: C++ with its stack open before and after
// PKRU before: any
// PKRU after: the argument
//
// FROM: call
// PKRU: any
.function kernel_set_pkru
  movl %edi, %eax
  xorl %ecx, %ecx
  xorl %edx, %edx
  wrpkru
  ret
.end_function kernel_set_pkru

// Runs an act under a PKRU of choice: there, neither stack nor data are touched by this function.
//
// Prototype: uint64_t kernel_strike(uint32_t pkru, const void *act, long a, long b, long c, long d)
//   what the act left in rax
// Callers: C++, in a child process
// PKRU before: key 0 open
// PKRU after: 0, every key open; what the act ended with is in the notes
//
// FROM: call
// PKRU: key 0 open
.function kernel_strike
  .save %rbx
  .save %rbp
  .save %r12
  .save %r13
  .save %r14
  .save %r15
  movq %rsp, kernel_strike_stack(%rip)
  movq kernel_notes(%rip), %rax
  incl NOTES_BEGUN(%rax)
  movl %edi, %eax
  movq %rsi, %r12
  movq %rdx, %rdi
  movq %rcx, %rsi
  movq %r8, %r13
  movq %r9, %r10
  xorl %ecx, %ecx
  xorl %edx, %edx
  wrpkru
  // Atlas update: the view is the experiment's. From here to kernel_strike_end no access but the act's.
  movq %r13, %rdx
  jmp *%r12
  // Every act ends here; a handler leads those here that cannot go on.
  //
  // FROM: kernel_act_*, signal
  // PKRU: what the act ended with
  .globl kernel_strike_end
kernel_strike_end:
  movq %rax, %rbx
  xorl %ecx, %ecx
  rdpkru
  movl %eax, %r8d
  xorl %eax, %eax
  wrpkru
  // Atlas update: every key is open.
  movq kernel_strike_stack(%rip), %rsp
  movq kernel_notes(%rip), %rcx
  movl %r8d, NOTES_AFTER_PKRU(%rcx)
  incl NOTES_ENDED(%rcx)
  movq %rbx, %rax
  .restore %r15
  .restore %r14
  .restore %r13
  .restore %r12
  .restore %rbp
  .restore %rbx
  ret
.end_function kernel_strike

// The acts. LIVE: rdi rsi rdx r10 = a b c d; the stack pointer is C++'s, its key may be closed.
//
// FROM: kernel_strike
// PKRU: the experiment's
.function kernel_act_nothing
  jmp kernel_strike_end
.end_function kernel_act_nothing

// FROM: kernel_strike
// PKRU: the experiment's
.function kernel_act_load
  movzbl (%rdi), %eax
  jmp kernel_strike_end
.end_function kernel_act_load

// FROM: kernel_strike
// PKRU: the experiment's
.function kernel_act_store
  movb $0x5a, (%rdi)
  jmp kernel_strike_end
.end_function kernel_act_store

// FROM: kernel_strike
// PKRU: the experiment's
.function kernel_act_divide
  xorl %eax, %eax
  xorl %ecx, %ecx
  xorl %edx, %edx
  divl %ecx
  jmp kernel_strike_end
.end_function kernel_act_divide

// Runs code of somebody else's that ends with `jmp *%rsi`.
//
// FROM: kernel_strike
// PKRU: the experiment's
.function kernel_act_execute
  leaq kernel_strike_end(%rip), %rsi
  jmp *%rdi
.end_function kernel_act_execute

// Calls a function: the stack must be open.
//
// FROM: kernel_strike
// PKRU: the experiment's
.function kernel_act_call
  movq %rdi, %rax
  movq %rsi, %rdi
  callq *%rax
  jmp kernel_strike_end
.end_function kernel_act_call

// System call a with arguments b, c, d.
//
// FROM: kernel_strike
// PKRU: the experiment's
.function kernel_act_syscall
  movq %rdi, %rax
  movq %rsi, %rdi
  movq %rdx, %rsi
  movq %r10, %rdx
  .globl kernel_syscall_site
kernel_syscall_site:
  syscall
  .globl kernel_syscall_behind
kernel_syscall_behind:
  jmp kernel_strike_end
.end_function kernel_act_syscall

// Sends a signal to a thread from another stack: a is the stack pointer, b c d process, thread, signal.
//
// FROM: kernel_strike
// PKRU: the experiment's
.function kernel_act_signal_on_stack
  movq %rdi, %rsp
  movq %rsi, %rdi
  movq %rdx, %rsi
  movq %r10, %rdx
  movl $234, %eax // tgkill
  syscall
  jmp kernel_strike_end
.end_function kernel_act_signal_on_stack

// System call a of the 32-bit table.
//
// FROM: kernel_strike
// PKRU: the experiment's
.function kernel_act_int80
  movl %edi, %eax
  int $0x80
  .globl kernel_int80_behind
kernel_int80_behind:
  jmp kernel_strike_end
.end_function kernel_act_int80

// The same by sysenter, which leaves no way back: b is where the kernel looks for a stack, below 4 GiB.
//
// FROM: kernel_strike
// PKRU: the experiment's
.function kernel_act_sysenter
  movl %edi, %eax
  movq %rsi, %rbp
  sysenter
  jmp kernel_strike_end
.end_function kernel_act_sysenter

  .section .note.GNU-stack, "", @progbits
