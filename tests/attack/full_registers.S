/// Fills every register with a pattern and dumps every register: for the tests of what crosses a gate.
#include "crt/assembly.h"
#include "rt/base/slot.h"
#include "tests/attack/full_registers.h"

  .section .text.test_registers, "ax", @progbits

// Fills vector, mask, x87 registers and control words with the pattern; clobbers eax and flags.
  .macro fill_vectors pattern, mxcsr, x87
  fninit
  .irp number, 0, 1, 2, 3, 4, 5, 6, 7
  fldpi
  .endr
  fldcw \x87(%rip)
  ldmxcsr \mxcsr(%rip)
  cmpl $RT_DEPTH_AVX, %gs:slot_depth
  ja 512f
  je 256f
  .irp number, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
  movups \pattern(%rip), %xmm\number
  .endr
  jmp 128f
256:
  .irp number, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
  vmovups \pattern(%rip), %ymm\number
  .endr
  jmp 128f
512:
  .irp number, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
  vmovups \pattern(%rip), %zmm\number
  .endr
  .irp number, 0, 1, 2, 3, 4, 5, 6, 7
  kmovq \pattern(%rip), %k\number
  .endr
128:
  .endm

// Stores all general registers at \base, which is a register, and the state components behind them.
// Clobbers rax, rdx.
  .macro dump base
  movq %rax, 0(\base)
  movq %rbx, 8(\base)
  movq %rcx, 16(\base)
  movq %rdx, 24(\base)
  movq %rsi, 32(\base)
  movq %rdi, 40(\base)
  movq %rbp, 48(\base)
  movq %r8, 56(\base)
  movq %r9, 64(\base)
  movq %r10, 72(\base)
  movq %r11, 80(\base)
  movq %r12, 88(\base)
  movq %r13, 96(\base)
  movq %r14, 104(\base)
  movq %r15, 112(\base)
  movl $0xe7, %eax
  xorl %edx, %edx
  xsave64 TEST_DUMP_STATE(\base)
  .endm

  .macro fill_general pattern
  .irp register, rax, rbx, rbp, r12, r13, r14, r15
  movq \pattern(%rip), %\register
  .endr
  .endm

// The monitor's side: calls an enter stub with every register full of the monitor's pattern, and dumps
// what comes back. Arguments of the call are a0 = the domain's dump, the others zero.
//
// Prototype: void test_enter_full(void *stub, const void *function, uint64_t a0, void *dump)
.function test_enter_full
  pushq %rbx
  pushq %rbp
  pushq %r12
  pushq %r13
  pushq %r14
  pushq %r15
  pushq %rcx // dump
  subq $8, %rsp
  stmxcsr (%rsp)
  fnstcw 4(%rsp)
  pushq %rdi // stub
  pushq %rsi // function: the seventh argument
  movq %rdx, %rdi
  fill_vectors test_monitor_pattern, test_monitor_mxcsr, test_monitor_x87
  fill_general test_monitor_pattern
  movq %rax, %r10
  xorl %esi, %esi
  xorl %edx, %edx
  xorl %ecx, %ecx
  xorl %r8d, %r8d
  xorl %r9d, %r9d
  call *8(%rsp)
  addq $16, %rsp
  xchgq %rcx, 8(%rsp) // rcx = dump; the returned rcx waits on the stack
  dump %rcx
  movq 8(%rsp), %rax
  movq %rax, 16(%rcx)
  ldmxcsr (%rsp)
  fninit
  fldcw 4(%rsp)
  addq $16, %rsp
  popq %r15
  popq %r14
  popq %r13
  popq %r12
  popq %rbp
  popq %rbx
  ret
.end_function test_enter_full

// The domain's side: dumps what it was given, then fills every register and returns.
//
// Prototype: uint64_t test_dump_and_return(uint64_t dump)
.function test_dump_and_return
  dump %rdi
  fill_vectors test_domain_pattern, test_domain_mxcsr, test_domain_x87
  fill_general test_domain_pattern
  .irp register, rcx, rdx, rsi, rdi, r8, r9, r10, r11
  movq %rax, %\register
  .endr
  movl $7, %eax
  ret
.end_function test_dump_and_return

// Fills every register and faults.
//
// Prototype: uint64_t test_fill_and_fault(uint64_t dump)
.function test_fill_and_fault
  fill_vectors test_domain_pattern, test_domain_mxcsr, test_domain_x87
  fill_general test_domain_pattern
  .irp register, rcx, rdx, rsi, rdi, r8, r9, r10, r11
  movq %rax, %\register
  .endr
  ud2
.end_function test_fill_and_fault

// Fills every register, asks for service 1, and dumps what came back.
//
// Prototype: uint64_t test_fill_and_ask(uint64_t dump)
.function test_fill_and_ask
  pushq %rbx
  pushq %rbp
  pushq %r12
  pushq %r13
  pushq %r14
  pushq %r15
  pushq %rdi
  fill_vectors test_domain_pattern, test_domain_mxcsr, test_domain_x87
  fill_general test_domain_pattern
  movl $1, %edi
  xorl %esi, %esi
  xorl %edx, %edx
  xorl %ecx, %ecx
  xorl %r8d, %r8d
  xorl %r9d, %r9d
  call rt_gate_service
  xchgq %rdi, (%rsp)
  dump %rdi
  movq (%rsp), %rax
  movq %rax, 40(%rdi)
  addq $8, %rsp
  popq %r15
  popq %r14
  popq %r13
  popq %r12
  popq %rbp
  popq %rbx
  ret
.end_function test_fill_and_ask

// The service's body in the monitor: dumps what the domain's request brought, then fills every register
// that a function may leave full.
//
// Prototype: void test_serve_full(void *dump)
.function test_serve_full
  pushq %rbx
  dump %rdi
  fill_vectors test_monitor_pattern, test_monitor_mxcsr, test_monitor_x87
  .irp register, rax, rcx, rdx, rsi, rdi, r8, r9, r10, r11
  movq test_monitor_pattern(%rip), %\register
  .endr
  popq %rbx
  ret
.end_function test_serve_full

  .section .rodata.test_registers, "a", @progbits
  .balign 64
  .globl test_monitor_pattern, test_domain_pattern
test_monitor_pattern:
  .rept 8
  .quad TEST_MONITOR_PATTERN
  .endr
test_domain_pattern:
  .rept 8
  .quad TEST_DOMAIN_PATTERN
  .endr
test_monitor_mxcsr:
  .long TEST_MONITOR_MXCSR
test_domain_mxcsr:
  .long TEST_DOMAIN_MXCSR
test_monitor_x87:
  .word TEST_MONITOR_X87
test_domain_x87:
  .word TEST_DOMAIN_X87

  .section .note.GNU-stack, "", @progbits
