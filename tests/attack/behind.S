/// Constants that would pass for one more row of the table of cross_calls: they follow it directly.
#include "crt/assembly.h"
#include "rt/gate/cross_call_record.h"

  // Linked as the image's first constants, which follow the table (behind.order).
  .section .rodata.attack_behind, "a", @progbits
  .balign 1 << RT_CROSS_CALL_SHIFT
  .globl attack_row_behind
attack_row_behind:
  .quad rt_gate_enter_3 // bob's
  .quad attack_steal
  .long rt_view_2 // alice's
  .long 2
  .long 0
  .long 3

  .section .note.GNU-stack, "", @progbits
