/// An object as no compiler makes it, as data: FORGED_SYMBOLS tables of symbols, and in them FORGED_NAME, a function
/// at FORGED_VALUE in a section whose type is FORGED_TYPE and whose size is said to be huge. Beside it the function
/// `forged`, which is called for. What the data is: [gabi 4].
  .macro section name, type, flags, offset, size, link, info, entry
  .long \name, \type
  .quad \flags, 0, \offset, \size
  .long \link, \info
  .quad 1, \entry
  .endm

  .data
begin:
  .byte 0x7f, 'E', 'L', 'F', 2, 1, 1
  .fill 9, 1, 0
  .short 1, 62
  .long 1
  .quad 0, 0, sections - begin
  .long 0
  .short 64, 0, 0, 64, (end - sections) / 64, 2
text:
  .byte 0xc3, 0xcc, 0xcc, 0xcc
names:
  .asciz ""
name_of_text:
  .asciz ".text.forged"
name_of_forged:
  .asciz FORGED_NAME
name_of_function:
  .asciz "forged"
names_end:
symbols:
  .fill 24, 1, 0
  .long name_of_forged - names
  .byte 0x12, 0
  .short 3
  .quad FORGED_VALUE, 16
  .long name_of_function - names
  .byte 0x12, 0
  .short 1
  .quad 0, 1
symbols_end:
sections:
  section 0, 0, 0, 0, 0, 0, 0, 0
  section name_of_text - names, 1, 6, text - begin, 4, 0, 0, 0
  section 0, 3, 0, names - begin, names_end - names, 0, 0, 0
  section 0, FORGED_TYPE, 0, 0, 0x7fffffffffff, 0, 0, 0
  .rept FORGED_TABLES
  section 0, 2, 0, symbols - begin, symbols_end - symbols, 2, 1, 24
  .endr
end:
