/// The loop that runs a list of system calls: the builder's, and the stub's.
#pragma once

#include "rt/space/mailbox.h"

#ifdef __ASSEMBLER__
// clang-format off

// Runs the list of the orders by the `syscall` at \site, writes a result for each item, and jumps to \ended at a
// number of zero, after an error, or where the list is full. r12 is then the index where it ended. It uses rbp and
// r13, and the registers of the calls. \name makes the labels unique. With \bounds an item is EPERM if its first two
// arguments are a range that wraps, or that has a byte of stub or mailbox.
.macro run_list name, site, ended, bounds=0
  leaq ORDERS(list), %rbp
  leaq ANSWERS(results), %r13
  xorl %r12d, %r12d
  // FROM: fall, .L\name\()_result, malice
  // PKRU: unknown; nothing here changes it. LIVE: r12 = index, rbp = its item, r13 = results
.L\name\()_item:
  cmpl $RT_MAILBOX_LIST_ITEMS, %r12d
  jae \ended
  movl (%rbp), %eax
  testl %eax, %eax
  jz \ended
  movq 8(%rbp), %rdi
  movq 16(%rbp), %rsi
  .if \bounds
  movq %rdi, %rdx
  addq %rsi, %rdx
  jc .L\name\()_refuse
  leaq rt_space_stub_begin(%rip), %rcx
  cmpq %rcx, %rdx
  jbe .L\name\()_call
  addq $POSTERN_PAGE + POSTERN_MAILBOX_BYTES, %rcx
  cmpq %rcx, %rdi
  jae .L\name\()_call
  // FROM: fall, .L\name\()_item, malice
  // PKRU: unknown. LIVE: r12, rbp, r13
.L\name\()_refuse:
  movq $-1, %rax // EPERM
  jmp .L\name\()_result
  // FROM: .L\name\()_item, malice
  // PKRU: unknown. LIVE: rax rdi rsi, r12, rbp, r13
.L\name\()_call:
  .endif
  movq 24(%rbp), %rdx
  movq 32(%rbp), %r10
  movq 40(%rbp), %r8
  movq 48(%rbp), %r9
  leaq .L\name\()_result(%rip), %r15
  jmp \site
  // FROM: .L\name\()_refuse, malice (and the `syscall`, by r15)
  // PKRU: unknown. LIVE: rax = the result, r12, rbp, r13
.L\name\()_result:
  movq %rax, (%r13, %r12, 8)
  cmpq $-4096, %rax // an errno is above it
  ja \ended
  incl %r12d
  addq $RT_MAILBOX_ITEM_BYTES, %rbp
  jmp .L\name\()_item
.endm

// clang-format on
#endif
