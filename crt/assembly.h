/// Macros of every assembly file: functions with type, size and unwind information.
#pragma once

#ifdef __ASSEMBLER__
// clang-format off

// Unwind information goes to .debug_frame alone: gdb reads it, nothing is loaded at run time.
.cfi_sections .debug_frame

// Opens the global function \name.
.macro .function name
  .globl \name
  .type \name, @function
  .balign 16
  \name:
  .cfi_startproc
.endm

// Closes it.
.macro .end_function name
  .cfi_endproc
  .size \name, . - \name
.endm

// A push or pop that the unwinder has to know about.
.macro .push register
  pushq \register
  .cfi_adjust_cfa_offset 8
.endm

// The same for a register that the caller wants back.
.macro .save register
  .push \register
  .cfi_rel_offset \register, 0
.endm

.macro .pop register
  popq \register
  .cfi_adjust_cfa_offset -8
.endm

.macro .restore register
  .pop \register
  .cfi_restore \register
.endm

// clang-format on
#endif
