/// MXCSR and the x87 control word as a program starts with them, and giving them to whoever comes next.
#pragma once

#define RT_START_MXCSR 0x1f80 // all exceptions masked, round to nearest [sdm-1 10.2.3]
#define RT_START_X87 0x037f   // the same for the x87 [sdm-1 8.1.5]

#ifdef __ASSEMBLER__
// clang-format off

// Loads both; \saved is the MXCSR that was stored a moment ago. A load of MXCSR behind a store behind a
// load costs 125 cycles where nothing between them waits, as in two calls in a row; so the second load
// is left out where it would change nothing.
.macro start_control_words saved
  fldcw rt_gate_start_x87(%rip)
  cmpl $RT_START_MXCSR, \saved
  je .Lcontrol_words_done_\@
  ldmxcsr rt_gate_start_mxcsr(%rip)
  // FROM: fall, malice
  // PKRU: unknown; nothing here changes it.
.Lcontrol_words_done_\@:
.endm

// clang-format on
#endif
