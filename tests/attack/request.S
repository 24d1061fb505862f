/// Takes the place of rt_gate_serve: dumps what a service gives to the monitor's C++.
#include "crt/assembly.h"
#include "rt/base/slot.h"
#include "tests/attack/patterns.h"

  .section .text.test_served, "ax", @progbits

// Prototype: as rt/entry/serve.cc has it; yields 9
.function rt_gate_serve
  pushq %rcx
  leaq test_served_dump(%rip), %rcx
  dump %rcx
  popq 16(%rcx)
  movq 8(%rsp), %rax
  movq %rax, test_served_stack(%rip)
  fill_vectors monitor
  fill_general monitor, TEST_SCRATCH
  movl $9, %eax
  ret
.end_function rt_gate_serve

  .section .note.GNU-stack, "", @progbits
