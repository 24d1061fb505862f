/// Goes on at the instruction that a signal interrupted, without a system call.

// Offsets in gregset_t, which is the order of sigcontext. [linux asm/sigcontext.h v6.12]
  .set greg_r12, 32
  .set greg_r13, 40
  .set greg_r14, 48
  .set greg_r15, 56
  .set greg_rsi, 72
  .set greg_rbp, 80
  .set greg_rbx, 88
  .set greg_rdx, 96
  .set greg_rax, 104
  .set greg_rsp, 120
  .set greg_rip, 128

  .text
  .globl bench_resume
  .type bench_resume, @function

// Prototype: [[noreturn]] void bench_resume(const gregset_t *registers)
// The interrupted code names rcx, rdi, r8 to r11, flags and vector registers as lost.
bench_resume:
  movq greg_r12(%rdi), %r12
  movq greg_r13(%rdi), %r13
  movq greg_r14(%rdi), %r14
  movq greg_r15(%rdi), %r15
  movq greg_rsi(%rdi), %rsi
  movq greg_rbp(%rdi), %rbp
  movq greg_rbx(%rdi), %rbx
  movq greg_rdx(%rdi), %rdx
  movq greg_rax(%rdi), %rax
  movq greg_rsp(%rdi), %rsp
  jmpq *greg_rip(%rdi)
  .size bench_resume, . - bench_resume

  .section .note.GNU-stack, "", @progbits
