/// The accesses of the exception table by name, and calling one with known numbers in all
/// registers.
#pragma once

// The layout of the registers' numbers: those before the call and, so many words further, those
// after it.
#define UACCESS_REGISTERS 14

#ifndef __ASSEMBLER__

#include <stddef.h>
#include <stdint.h>

extern "C" {
/// rt/uaccess/access.S, rt/uaccess/copy.S; for addresses, and to be called without their checks.
uint64_t rt_uaccess_load_1(uintptr_t from);
uint64_t rt_uaccess_load_2(uintptr_t from);
uint64_t rt_uaccess_load_4(uintptr_t from);
uint64_t rt_uaccess_load_8(uintptr_t from);
uint64_t rt_uaccess_store_1(uintptr_t to, uint64_t value);
uint64_t rt_uaccess_store_2(uintptr_t to, uint64_t value);
uint64_t rt_uaccess_store_4(uintptr_t to, uint64_t value);
uint64_t rt_uaccess_store_8(uintptr_t to, uint64_t value);
size_t rt_uaccess_copy(void *to, const void *from, size_t bytes);
size_t rt_uaccess_clear(void *to, size_t bytes);
size_t rt_uaccess_string(char *to, const char *from, size_t limit);

/// tests/rt/uaccess/rows.S.
uint64_t test_call_with_registers(const void *function, uint64_t (*registers)[UACCESS_REGISTERS]);
}

namespace rows {

/// In the order of registers[i][n].
enum Register : uint8_t { rbx, rcx, rdx, rsi, rdi, rbp, r8, r9, r10, r11, r12, r13, r14, r15 };
static_assert(r15 + 1 == UACCESS_REGISTERS);

} // namespace rows

#endif
