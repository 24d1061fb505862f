/// MXCSR and the x87 control word as a program starts with them, and the macros that load these
/// values.
#pragma once

#define RT_START_MXCSR 0x1f80 // all exceptions masked, round to nearest [sdm-1 10.2.3]
#define RT_START_X87 0x037f   // the same for the x87 [sdm-1 8.1.5]

#ifdef __ASSEMBLER__
// clang-format off

// Words are loaded only if they differ. A load of either word costs more than finding out that it would
// change nothing. If nothing waits in between, as in two calls in a row, a load of MXCSR after a store after
// a load costs 125 cycles.

// The rare path loads them from below rsp, on our own stack, where no signal's frame is written. An address
// relative to rip would put a distance into the gate that depends on the app's layout, and so any bytes.
//
// Gives the start values; \saved(%rsp) and what follows are the words that were stored a moment ago. To be
// used after a wipe, when no x87 exception is pending. Clobbers rax and flags. \name makes the labels unique;
// `start_control_words_rarely \name` goes after the function's last instruction.
.macro start_control_words name, saved=0
  cmpl $RT_START_MXCSR, \saved(%rsp)
  jne .Lstart_words_\name\()_load
  movzwl \saved + 4(%rsp), %eax
  cmpl $RT_START_X87, %eax
  jne .Lstart_words_\name\()_load
  // FROM: fall, .Lstart_words_\name\()_load, malice
  // PKRU: unknown; nothing here changes it.
.Lstart_words_\name\()_done:
.endm

.macro start_control_words_rarely name
  // FROM: .Lwipe_\name\()_done, malice
  // PKRU: unknown; nothing here changes it.
.Lstart_words_\name\()_load:
  movl $RT_START_MXCSR, -8(%rsp)
  movl $RT_START_X87, -4(%rsp)
  ldmxcsr -8(%rsp)
  fldcw -4(%rsp)
  jmp .Lstart_words_\name\()_done
.endm

// clang-format on
#endif
