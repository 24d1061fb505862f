/// The smallest program: it writes a line (if BENCH_HELLO) and ends.
#include <asm/unistd_64.h>

  .globl _start
  .text
_start:
#if BENCH_HELLO
  movl $__NR_write, %eax
  movl $1, %edi
  leaq line(%rip), %rsi
  movl $line_end - line, %edx
  syscall
#endif
  movl $__NR_exit_group, %eax
  xorl %edi, %edi
  syscall
  ud2

#if BENCH_HELLO
  .section .rodata
line:
  .ascii "hello\n"
line_end:
#endif

  .section .note.GNU-stack, "", @progbits
