/// What the tests of the stub run as a domain's code.
#include "crt/assembly.h"

  .section .text.test_space_probes, "ax", @progbits

// The offsets of probes::Registers.
  .set registers_flags, 128
  .set registers_mxcsr, 136
  .set registers_x87_control, 140
  .set registers_x87_status, 142
  .set registers_x87_tags, 144
  .set registers_vectors, 160

// Keeps the general registers but rdi, and the rest, at rdi.
.macro keep
  movq %rax, 0(%rdi)
  movq %rbx, 8(%rdi)
  movq %rcx, 16(%rdi)
  movq %rdx, 24(%rdi)
  movq %rsi, 32(%rdi)
  movq %rbp, 48(%rdi)
  movq %rsp, 56(%rdi)
  .irp number, 8, 9, 10, 11, 12, 13, 14, 15
  movq %r\number, 8 * \number(%rdi)
  .endr
  pushfq
  popq registers_flags(%rdi)
  stmxcsr registers_mxcsr(%rdi)
  fnstcw registers_x87_control(%rdi)
  fnstsw registers_x87_status(%rdi)
  fnstenv -64(%rsp)
  movq -56(%rsp), %rax // the tags
  movw %ax, registers_x87_tags(%rdi)
  .irp number, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
  movups %xmm\number, registers_vectors + 32 * \number(%rdi)
  .endr
.endm

// Marks in all general registers but rsp and rdi.
.macro mark_others
  .set at, 0
  .irp register, rax, rbx, rcx, rdx, rsi
  movabsq $0x1111111111111111 * at, %\register
  .set at, at + 1
  .endr
  movabsq $0x6666666666666666, %rbp
  movabsq $0x8888888888888888, %r8
  movabsq $0x9999999999999999, %r9
  movabsq $0xaaaaaaaaaaaaaaaa, %r10
  movabsq $0xbbbbbbbbbbbbbbbb, %r11
  movabsq $0xcccccccccccccccc, %r12
  movabsq $0xdddddddddddddddd, %r13
  movabsq $0xeeeeeeeeeeeeeeee, %r14
  movabsq $0xffffffffffffffff, %r15
.endm

.macro save_all
  .irp register, rbx, rbp, r12, r13, r14, r15
  pushq %\register
  .endr
.endm

.macro restore_all
  .irp register, r15, r14, r13, r12, rbp, rbx
  popq %\register
  .endr
.endm

// FROM: call
// PKRU: unknown
  .globl probe_look
probe_look:
  movq %rdi, 40(%rdi)
  keep
  movq %rdi, %rax
  ret

// FROM: call
// PKRU: unknown
  .globl probe_ruin
probe_ruin:
  movl $0x7fa0, -8(%rsp)
  ldmxcsr -8(%rsp)
  fninit
  fld1
  fldz
  movl $0x0b7b, -8(%rsp) // rounding up, division by zero unmasked
  fldcw -8(%rsp)
  fdivrp
  mark_others
  movabsq $0x5555555555555555, %rdi
  pushq $0x240402 // ID, AC, DF
  popfq
  ret

// FROM: call
// PKRU: unknown
  .globl probe_round
probe_round:
  movl $0x3f80, -8(%rsp)
  ldmxcsr -8(%rsp)
  ret

// FROM: call
// PKRU: unknown
  .globl probe_push
probe_push:
  fld1
  ret

// FROM: call
// PKRU: unknown
  .globl probe_mmx
probe_mmx:
  pcmpeqd %mm0, %mm0
  ret

// FROM: call
// PKRU: unknown
  .globl probe_service
probe_service:
  save_all
  pushq %rdi
  movl $0x5f80, -8(%rsp)
  ldmxcsr -8(%rsp)
  movl %edx, -8(%rsp)
  fldcw -8(%rsp)
  pushq %rsi
  mark_others
  movl $7, %edi
  call *(%rsp)
  addq $8, %rsp
  xchgq %rdi, (%rsp) // its own value is kept as the others are
  keep
  popq %rax
  movq %rax, 40(%rdi)
  movl $0x1f80, -8(%rsp)
  ldmxcsr -8(%rsp)
  fninit
  restore_all
  movq %rdi, %rax
  ret

// FROM: call
// PKRU: unknown
  .globl probe_trap
probe_trap:
  save_all
  pushq %rdx
  pushq %rsi
  testq %rdx, %rdx
  jz .Lprobe_trap_xmm
  .irp number, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
  vmovups registers_vectors + 32 * \number(%rdi), %ymm\number
  .endr
  jmp .Lprobe_trap_flags
// FROM: probe_trap
// PKRU: unknown
.Lprobe_trap_xmm:
  .irp number, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
  movups registers_vectors + 32 * \number(%rdi), %xmm\number
  .endr
// FROM: probe_trap, fall
// PKRU: unknown
.Lprobe_trap_flags:
  pushq $0x4d7 // CF PF AF ZF SF DF
  popfq
  mark_others
  movabsq $0x5555555555555555, %rdi
// FROM: fall
// PKRU: unknown
  .globl probe_trap_here
probe_trap_here:
  ud2
  xchgq %rdi, (%rsp)
  keep
  cld
  popq %rax
  movq %rax, 40(%rdi)
  popq %rdx
  testq %rdx, %rdx
  jz .Lprobe_trap_done
  .irp number, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
  vmovups %ymm\number, registers_vectors + 32 * \number(%rdi)
  .endr
// FROM: probe_trap_here, fall
// PKRU: unknown
.Lprobe_trap_done:
  restore_all
  movl $1, %eax
  ret

// FROM: call
// PKRU: unknown
  .globl probe_add
probe_add:
  leaq (%rdi, %rsi), %rax
  addq %rdx, %rax
  ret

// FROM: call
// PKRU: unknown
  .globl probe_work
probe_work:
  movq $1, (%rdx)
  leaq 1(%rdi), %rax
// FROM: .Lprobe_work_loop, fall
// PKRU: unknown
.Lprobe_work_loop:
  subq $1, %rsi
  jns .Lprobe_work_loop
  ret

// FROM: call
// PKRU: unknown
  .globl probe_load
probe_load:
  movq (%rdi), %rax
  ret

// FROM: call
// PKRU: unknown
  .globl probe_store
probe_store:
  movq $1, (%rdi)
  ret

// FROM: call
// PKRU: unknown
  .globl probe_syscall
probe_syscall:
  movq %rdi, %rax
  xorl %edi, %edi
  syscall
  ret

// FROM: call
// PKRU: unknown
  .globl probe_count
probe_count:
  incq (%rdi)
  cmpq $0, (%rsi)
  je probe_count
  movq (%rdi), %rax
  ret

  .section .note.GNU-stack, "", @progbits
