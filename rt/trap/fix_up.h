/// Faults of the monitor's that are expected: accesses with an entry in the exception table.
#pragma once

// The place in rt/base/fault.h's Registers of each register that the fix-up loads.
#define RT_TRAP_REGISTERS(WORD)                                                                    \
    WORD(r8, 0)                                                                                    \
    WORD(r9, 8)                                                                                    \
    WORD(r10, 16)                                                                                  \
    WORD(r11, 24)                                                                                  \
    WORD(r12, 32)                                                                                  \
    WORD(r13, 40)                                                                                  \
    WORD(r14, 48)                                                                                  \
    WORD(r15, 56)                                                                                  \
    WORD(rdi, 64)                                                                                  \
    WORD(rsi, 72)                                                                                  \
    WORD(rbp, 80)                                                                                  \
    WORD(rbx, 88)                                                                                  \
    WORD(rdx, 96)                                                                                  \
    WORD(rcx, 112)                                                                                 \
    WORD(rsp, 120)

// Bytes of all of those, up to rsp.
#define RT_TRAP_REGISTERS_BYTES 128

// The place of the control words in the frame's image of x87 and SSE. [sdm-1 10.5.1]
#define RT_TRAP_FPSTATE_X87 0
#define RT_TRAP_FPSTATE_MXCSR 24

#ifdef __ASSEMBLER__

// clang-format off
.set registers_bytes, RT_TRAP_REGISTERS_BYTES
.set fpstate_x87, RT_TRAP_FPSTATE_X87
.set fpstate_mxcsr, RT_TRAP_FPSTATE_MXCSR
// clang-format on
#define WORD(name, offset) .set registers_##name, offset;
    RT_TRAP_REGISTERS(WORD)
#undef WORD

#else

#include "rt/base/fault.h"
#include "rt/trap/frame.h"

namespace rt::trap {

#define WORD(name, offset) static_assert(__builtin_offsetof(base::Registers, name) == offset);
RT_TRAP_REGISTERS(WORD)
#undef WORD
static_assert(__builtin_offsetof(base::Registers, rsp) + 8 == RT_TRAP_REGISTERS_BYTES);
static_assert(__builtin_offsetof(_fpstate_64, cwd) == RT_TRAP_FPSTATE_X87);
static_assert(__builtin_offsetof(_fpstate_64, mxcsr) == RT_TRAP_FPSTATE_MXCSR);

/// The address at which the monitor goes on after `fault`, or 0 if the fault is a bug. Called in
/// the state `monitor` only: a domain that jumps to an access of the table and faults there gets
/// its own Fault. The fault must be of memory, its instruction must have an entry, PKRU must be
/// that of the open window, and the address must belong to the domain whose window it is. A bad
/// address of the monitor's own buffer is a bug.
uint64_t fixup_of(const base::Fault &fault);

/// Closes the window and goes on there with the registers and control words of `frame`. The stack
/// of the frame is wiped if domains reach it, because this function runs on it and has left copies
/// of those registers there.
[[noreturn]] void fix_up(const Frame &frame, uint64_t to);

} // namespace rt::trap

#endif
