/// Signal handlers of the test: what does the very first instruction of a handler see?
#include "crt/assembly.h"
#include "tests/rt/trap/handler_probe.h"

  .section .text.handler_probe, "ax", @progbits

// Notes the PKRU that it begins with and the one that its frame says was interrupted, and returns.
//
// Prototype: void handler_probe_return(int signal, siginfo_t *info, ucontext *context)
// Callers: the kernel, on an alternate stack that lies on key 0
// PKRU before: what this test asks for
// PKRU after: the same; the restorer brings back the interrupted one
//
// FROM: signal
// PKRU: unknown; nothing here changes it. Only key 0 is touched: the stack and the public page.
// LIVE: rdx = context; gs = this thread's slot
.function handler_probe_return
  movq %rdx, %rsi
  xorl %ecx, %ecx
  rdpkru
  movq %gs:PROBE_COUNT, %rcx
  movq %rax, %gs:PROBE_ENTRY_PKRU(, %rcx, 8)
  movq PROBE_FPSTATE(%rsi), %rsi
  addq %gs:PROBE_PKRU_OFFSET, %rsi
  movl (%rsi), %eax
  movq %rax, %gs:PROBE_FRAME_PKRU(, %rcx, 8)
  incq %gs:PROBE_COUNT
  movq %gs:PROBE_CALL_WORD, %rdi // for the filter
  ret
.end_function handler_probe_return

// Notes the PKRU that it begins with and goes on as the runtime's own handler.
//
// Prototype: none; the kernel enters it as a signal handler
// Callers: the kernel, on the alternate stack of the runtime
// PKRU before: what this test asks for
// PKRU after: the monitor's
//
// FROM: signal
// PKRU: unknown; nothing here changes it. The stack is not touched: its key may be closed.
// LIVE: rsp = the frame; gs = this thread's slot, since no domain of this test loads it
.function handler_probe_trap
  xorl %ecx, %ecx
  rdpkru
  movq %gs:PROBE_COUNT, %rcx
  movq %rax, %gs:PROBE_ENTRY_PKRU(, %rcx, 8)
  incq %gs:PROBE_COUNT
  jmp rt_trap_entry
.end_function handler_probe_trap

  .section .note.GNU-stack, "", @progbits
