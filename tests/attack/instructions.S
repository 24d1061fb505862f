/// One instruction after the other of a table, for an attacker to execute.
#include "crt/assembly.h"
#include "tests/attack/instruction_table.h"

  .section .text.attack_instructions, "ax", @progbits

// Each goes home where the processor executes it.
//
// FROM: malice
// PKRU: alice's
// clang-format off
#define ONE(name, end, ...)                                                                        \
  .globl attack_instruction_##name;                                                                \
  attack_instruction_##name: .byte __VA_ARGS__; jmp attack_landing;
.function attack_instructions
  ATTACK_INSTRUCTIONS(ONE)
.end_function attack_instructions
// clang-format on

  .section .note.GNU-stack, "", @progbits
