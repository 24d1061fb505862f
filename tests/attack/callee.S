/// Fills every register with a pattern and dumps every register: the domain that a cross call leads to.
#include "crt/assembly.h"
#include "rt/base/slot.h"
#include "tests/attack/patterns.h"

  .section .text.test_callee, "ax", @progbits

// Dumps what it was given, fills every register and goes on with what follows.
.macro dump_and_fill
  dump %rdi
  fill_vectors callee
  fill_general callee, TEST_CALLEE_SAVED, TEST_SCRATCH
.endm

// Prototype of all: uint64_t function(uint64_t dump)
.function test_callee_returns
  dump_and_fill
  movl $7, %eax
  ret
.end_function test_callee_returns

.function test_callee_faults
  dump_and_fill
  ud2
.end_function test_callee_faults

// Asks for a service that is not there.
.function test_callee_is_refused
  dump_and_fill
  jmp rt_gate_service
.end_function test_callee_is_refused

  .section .note.GNU-stack, "", @progbits
