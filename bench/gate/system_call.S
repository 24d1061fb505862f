/// The yardstick of mediated system calls: getppid, with a `syscall` of its own.
#include "crt/assembly.h"

  .section .text.bench_system_call, "ax", @progbits

// Prototype: void bench_getppid(uint64_t loops)
// Callers: rows, while dispatch is off or its selector open
// FROM: call, itself
// PKRU: the monitor's. LIVE: rdi = loops, above zero
.function bench_getppid
  movl $110, %eax // getppid [linux syscall_64.tbl v6.12]
  syscall
  decq %rdi
  jnz bench_getppid
  ret
.end_function bench_getppid

  .section .note.GNU-stack, "", @progbits
