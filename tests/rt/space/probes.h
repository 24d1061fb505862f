/// What the tests of the stub run as a domain's code, in assembly: it looks at registers.
#pragma once

#include <stdint.h>

namespace probes {

/// The registers as a probe found them. probes.S has the same offsets.
struct Registers {
    uint64_t rax, rbx, rcx, rdx, rsi, rdi, rbp, rsp, r8, r9, r10, r11, r12, r13, r14, r15;
    uint64_t flags;
    uint32_t mxcsr;
    uint16_t x87_control, x87_status;
    uint16_t x87_tags; // 0xffff: all registers are free
    uint16_t unused[7];
    unsigned char vectors[16][32]; // ymm0 to ymm15; of xmm registers the lower half
};
static_assert(sizeof(Registers) == 672);

/// What general register `number`, in the order above, holds while a signal interrupts the probe or
/// a service is asked for.
inline constexpr uint64_t mark(unsigned number) {
    return uint64_t{0x1111111111111111} * number;
}

} // namespace probes

// uint64_t f(uint64_t a0, ...), by their addresses alone: a child calls them.
extern "C" {
/// Keeps all registers as it was called with them at a0, and returns a0.
extern const char probe_look[];
/// Leaves every register and flag as a domain should not: DF, AC, rounding, an x87 exception that
/// is pending and unmasked.
extern const char probe_ruin[];
/// Leaves another rounding of SSE.
extern const char probe_round[];
/// Leaves a number on the x87 stack.
extern const char probe_push[];
/// Leaves an MMX register in use.
extern const char probe_mmx[];
/// Asks stub_service at a1 for service 7, with marks in all registers and a2 as the x87 control
/// word; keeps what came back at a0.
extern const char probe_service[];
/// Traps with marks in all registers, at a0 the vectors to have; keeps at a1 what it goes on with.
/// a2 is whether there are ymm registers.
extern const char probe_trap[];
extern const char probe_trap_here[]; // its ud2, of two bytes
/// Adds three arguments.
extern const char probe_add[];
/// Stores 1 at a2, counts a1 down, and returns a0 + 1.
extern const char probe_work[];
/// Loads from a0.
extern const char probe_load[];
/// Stores to a0.
extern const char probe_store[];
/// Makes system call a0 by an instruction of its own.
extern const char probe_syscall[];
/// Adds one to the word at a0 until a1 is not zero.
extern const char probe_count[];
}
