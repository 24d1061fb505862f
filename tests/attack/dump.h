/// A dump of every register, as tests/attack/patterns.h makes it, and what must hold of it.
#pragma once

#include "tests/attack/patterns.h"
#include "tests/harness/harness.h"

namespace attack {

/// Fifteen general registers and the flags, then an XSAVE area of the standard format. [sdm-1 13.4]
struct alignas(64) Dump {
    uint64_t rax, rbx, rcx, rdx, rsi, rdi, rbp, r8, r9, r10, r11, r12, r13, r14, r15;
    uint64_t flags;
    unsigned char state[4096 - TEST_DUMP_STATE];

    uint16_t x87_control() const { return part<uint16_t>(0); }
    uint16_t x87_status() const { return part<uint16_t>(2); }
    uint64_t x87_instruction() const { return part<uint64_t>(8); }
    uint32_t mxcsr() const { return part<uint32_t>(24); }
    /// Byte `offset` of the area on.
    template <class T>
    T part(size_t offset) const {
        T value;
        __builtin_memcpy(&value, state + offset, sizeof value);
        return value;
    }
};
static_assert(sizeof(Dump) == 4096 && offsetof(Dump, state) == TEST_DUMP_STATE);

/// Expects nothing in the dump from the party that filled its registers with `pattern`: no word, no
/// x87 data, status or pointer, no flag.
void expect_clean(const Dump &dump, uint64_t pattern);

/// Control words have their start values.
void expect_start_control_words(const Dump &dump);

/// Callee-saved registers hold `pattern`, and control words are these.
void expect_kept(const Dump &dump, uint64_t pattern, uint32_t mxcsr, uint16_t x87_control);

} // namespace attack
