/// A domain that leaves an x87 exception pending and goes on to a gate.
#include "crt/assembly.h"

  .section .text.attack_pending, "ax", @progbits

// Divides by zero with that exception unmasked: the next waiting x87 instruction, in any domain or the
// monitor, would raise it [sdm-1 8.6].
.macro leave_pending
  fninit
  fldcw .Lpending_control(%rip)
  fld1
  fdivs .Lpending_zero(%rip)
.endm

// What holds for the functions that follow:
//
// Prototype: uint64_t function()
// Callers: tests/attack/cross.cc, in the domain alice
// PKRU before: alice's
// PKRU after: alice's
//
// FROM: call
// PKRU: alice's

// Shows that the exception is pending.
.function attack_pending_wait
  leave_pending
  fwait
  ret
.end_function attack_pending_wait

.function attack_pending_return
  leave_pending
  movl $1, %eax
  ret
.end_function attack_pending_return

// Asks for a service that is not there.
.function attack_pending_ask
  leave_pending
  movl $99, %edi
  jmp rt_gate_service
.end_function attack_pending_ask

// Makes cross call 1 with 1 as each argument; nothing is pending any more when it comes back.
.function attack_pending_cross
  leave_pending
  subq $8, %rsp
  movl $1, %edi
  .irp register, esi, edx, ecx, r8d, r9d
  movl $1, %\register
  .endr
  call rt_gate_cross
  fwait
  addq $8, %rsp
  ret
.end_function attack_pending_cross

  .section .rodata.attack_pending, "a", @progbits
.Lpending_control:
  .word 0x037b // the start value with division by zero unmasked
  .balign 4
.Lpending_zero:
  .float 0

  .section .note.GNU-stack, "", @progbits
