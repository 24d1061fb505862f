/// The symbols that the linker script gives a Postern app, for the stand-in: views, the region
/// table, stacks.
#include "linker/layout.h"

  // The same values as in linker/image.ld.in. Only the gates' compares use them here.
  .irp key, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14
  .globl rt_view_\key
  .set rt_view_\key, 0x55555556 & ~(3 << (2 * \key)) & ~(3 << (2 * POSTERN_KEY_FRAME))
  .endr

  .globl rt_view_owner_bits
  .set rt_view_owner_bits, 0xffffffff & ~(3 << (2 * 5)) // except those of the data domain

  .section .rodata.bench_layout, "a", @progbits
  .balign 16
  // One record: all memory that rows place in a domain belongs to the first domain (services.ld).
  .globl __region_table_start, __region_table_end
__region_table_start:
  .quad __untrusted_start, __untrusted_end, 0, 0
  .long POSTERN_KEY_FIRST_DOMAIN, POSTERN_KIND_DOMAIN, POSTERN_SHARING_private, rt_view_2
__region_table_end:
  .irp name, regions, rodata, pristine, trap, settled, own_texts, own_text_table
  .globl __\name\()_start, __\name\()_end
__\name\()_start:
__\name\()_end:
  .endr

  .globl __text_start
__text_start:

  .bss
  .balign POSTERN_PAGE
  .globl __monitor_stack_start, __monitor_stack_end
__monitor_stack_start:
  .skip POSTERN_MONITOR_STACK
__monitor_stack_end:

  .section .note.GNU-stack, "", @progbits
