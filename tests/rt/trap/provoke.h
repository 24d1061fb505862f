/// Functions that do one thing which may be forbidden, for assembly and C++.
#pragma once

// The value that provoke.S leaves in a general register: this plus the register's position in rt's
// Registers.
#define TEST_FILLED 0x7e57000000000000

#ifndef __ASSEMBLER__

#include <stdint.h>

// Each begins with known numbers in all registers. Those that take `fire` do nothing when it is 0.
// The instruction that may fault is at NAME_at.
#define TEST_PROVOKE(name, ...)                                                                    \
    uint64_t name(__VA_ARGS__);                                                                    \
    extern const char name##_at[];

extern "C" {
TEST_PROVOKE(test_read, uint64_t address)                      // the byte at `address`
TEST_PROVOKE(test_write, uint64_t address)                     // writes 0x5a there; 1
TEST_PROVOKE(test_execute, uint64_t address)                   // jumps there
TEST_PROVOKE(test_push, uint64_t stack)                        // pushes with rsp = stack; 1
TEST_PROVOKE(test_divide, uint64_t divisor, uint64_t dividend) // 32-bit, signed; the quotient
TEST_PROVOKE(test_recurse, uint64_t depth)                     // calls itself `depth` times; 1
TEST_PROVOKE(test_ud2, uint64_t fire)
TEST_PROVOKE(test_int3, uint64_t fire) // the trap is reported after the instruction
TEST_PROVOKE(test_hlt, uint64_t fire)
TEST_PROVOKE(test_cli, uint64_t fire)
TEST_PROVOKE(test_step, uint64_t fire)    // sets TF; the trap comes after the `nop` before `at`
TEST_PROVOKE(test_syscall, uint64_t fire) // number 0x123; reported after the instruction
TEST_PROVOKE(test_int80, uint64_t fire)   // the same by the 32-bit way
TEST_PROVOKE(test_flags, uint64_t fire)   // an invalid opcode with AC, NT and DF set
TEST_PROVOKE(test_float, uint64_t fire)   // x87: divides by zero with that exception unmasked
TEST_PROVOKE(test_misaligned, uint64_t address) // reads 8 bytes there with AC set, clears AC

/// The value that a system call of the monitor's leaves in rcx, which was TEST_FILLED + 14 before
/// it.
uint64_t test_rcx_behind_syscall();

/// One `ret`: something to execute.
extern const char test_returns[];
}

#endif
