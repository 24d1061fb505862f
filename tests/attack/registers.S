/// Fills every register with a pattern and dumps every register: the monitor and the domain it calls.
#include "crt/assembly.h"
#include "rt/base/pkru_values.h"
#include "rt/base/slot.h"
#include "tests/attack/patterns.h"

  .section .text.test_registers, "ax", @progbits

// The monitor's side: calls an enter stub with every register full of the monitor's pattern, and dumps
// what comes back. Arguments of the call are a0 = the domain's dump, a1 = 1, and so on.
//
// Prototype: void test_enter_full(void *stub, const void *function, uint64_t a0, void *dump)
.function test_enter_full
  push_callee_saved
  pushq %rcx // dump
  subq $8, %rsp
  stmxcsr (%rsp)
  fnstcw 4(%rsp)
  pushq %rdi // stub
  pushq %rsi // function: the seventh argument
  movq %rdx, %rdi
  fill_vectors monitor
  fill_general monitor, TEST_CALLEE_SAVED, rax, r10
  movl $1, %esi
  movl $2, %edx
  movl $3, %ecx
  movl $4, %r8d
  movl $5, %r9d
  call *8(%rsp)
  leaq 16(%rsp), %rsp
  xchgq %rcx, 8(%rsp) // rcx = dump; the returned rcx waits on the stack
  dump %rcx
  movq 8(%rsp), %rax
  movq %rax, 16(%rcx)
  ldmxcsr (%rsp)
  fninit
  fldcw 4(%rsp)
  addq $16, %rsp
  pop_callee_saved
  ret
.end_function test_enter_full

// The domain's side: dumps what it was given, then fills every register and returns.
//
// Prototype: uint64_t test_dump_and_return(uint64_t dump)
.function test_dump_and_return
  dump %rdi
  fill_vectors domain
  fill_general domain, TEST_CALLEE_SAVED, TEST_SCRATCH
  movl $7, %eax
  ret
.end_function test_dump_and_return

// Jumps to test_argument, the wrpkru of leave, with the monitor's view and the result 7, and with something
// above ecx and edx.
//
// Prototype: uint64_t test_jump_with_upper_halves(uint64_t dump)
.function test_jump_with_upper_halves
  movl $RT_PKRU_MONITOR, %eax
  movl $7, %esi
  movabsq $0x1234567800000000, %rcx
  movq %rcx, %rdx
  jmp *test_argument(%rip)
.end_function test_jump_with_upper_halves

// Fills every register and faults.
//
// Prototype: uint64_t test_fill_and_fault(uint64_t dump)
.function test_fill_and_fault
  fill_vectors domain
  fill_general domain, TEST_CALLEE_SAVED, TEST_SCRATCH
  ud2
.end_function test_fill_and_fault

// Fills every register and asks for a service, or a cross call, that is not there.
//
// Prototype: uint64_t test_fill_and_be_refused(uint64_t dump), and so on
.function test_fill_and_be_refused
  fill_vectors domain
  fill_general domain, TEST_CALLEE_SAVED, TEST_SCRATCH
  jmp rt_gate_service
.end_function test_fill_and_be_refused
.function test_fill_and_be_refused_cross_call
  fill_vectors domain
  fill_general domain, TEST_CALLEE_SAVED, TEST_SCRATCH
  jmp rt_gate_cross
.end_function test_fill_and_be_refused_cross_call

// Fills every register, asks for service or cross call test_number with the arguments test_argument, 1,
// 2, 3, 4, and dumps what came back.
//
// Prototype: uint64_t \name(uint64_t dump)
.macro fill_and_ask name, gate
.function \name
  push_callee_saved
  pushq %rdi
  fill_vectors domain
  fill_general domain, TEST_CALLEE_SAVED, TEST_SCRATCH
  movq test_number(%rip), %rdi
  movq test_argument(%rip), %rsi
  movl $1, %edx
  movl $2, %ecx
  movl $3, %r8d
  movl $4, %r9d
  call \gate
  xchgq %rdi, (%rsp)
  dump %rdi
  movq (%rsp), %rax
  movq %rax, 40(%rdi)
  movl $5, %eax
  addq $8, %rsp
  pop_callee_saved
  ret
.end_function \name
.endm
fill_and_ask test_fill_and_ask, rt_gate_service
fill_and_ask test_fill_and_cross, rt_gate_cross

// The service's body in the monitor: dumps what the domain's request brought, then fills every register
// that a function may leave full.
//
// Prototype: void test_serve_full(void *dump)
.function test_serve_full
  dump %rdi
  fill_vectors monitor
  fill_general monitor, TEST_SCRATCH
  ret
.end_function test_serve_full

  .section .rodata.test_registers, "a", @progbits
  .balign 64
  .irp whose, monitor, domain, callee
  .globl test_\whose\()_pattern, test_\whose\()_mxcsr, test_\whose\()_x87
  .endr
test_monitor_pattern:
  .rept 8
  .quad TEST_MONITOR_PATTERN
  .endr
test_domain_pattern:
  .rept 8
  .quad TEST_DOMAIN_PATTERN
  .endr
test_callee_pattern:
  .rept 8
  .quad TEST_CALLEE_PATTERN
  .endr
test_monitor_mxcsr:
  .long TEST_MONITOR_MXCSR
test_domain_mxcsr:
  .long TEST_DOMAIN_MXCSR
test_callee_mxcsr:
  .long TEST_CALLEE_MXCSR
test_monitor_x87:
  .word TEST_MONITOR_X87
test_domain_x87:
  .word TEST_DOMAIN_X87
test_callee_x87:
  .word TEST_CALLEE_X87

  .section .bss..postern.alice, "aw", @nobits
  .balign 8
  .globl test_number, test_argument
test_number:
  .skip 8
test_argument:
  .skip 8

  .section .note.GNU-stack, "", @progbits
