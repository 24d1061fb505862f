/// A dump of every register, and what must hold of it.
#include "tests/attack/dump.h"

#include "linker/symbols.h"

namespace attack {

namespace {

constexpr size_t x87_data = 32; // eight registers, ten bytes of sixteen each
constexpr size_t x87_tags = 4;
constexpr size_t vectors = 160;

/// How many 8-byte words of the dump hold `pattern`.
unsigned count(const Dump &dump, uint64_t pattern) {
    unsigned count = 0;
    for (size_t offset = 0; offset < sizeof dump; offset += 8) {
        uint64_t word;
        __builtin_memcpy(&word, reinterpret_cast<const char *>(&dump) + offset, sizeof word);
        count += word == pattern ? 1 : 0;
    }
    return count;
}

/// Whether a mantissa is not zero; an MMX write sets the rest of each register to ones.
bool x87_data_left(const Dump &dump) {
    bool left = false;
    for (size_t number = 0; number < 8; ++number) {
        left |= dump.part<uint64_t>(x87_data + 16 * number) != 0;
    }
    return left;
}

/// Whether any byte between the control words and `end` is not zero.
bool any_vector_left(const Dump &dump) {
    bool left = false;
    for (size_t offset = vectors; offset < vectors + 256; offset += 8) {
        left |= dump.part<uint64_t>(offset) != 0;
    }
    return left;
}

/// The last x87 instruction was a gate's; a fault resets it.
bool is_the_gates(uint64_t address) {
    return address == 0 || (address >= reinterpret_cast<uint64_t>(__gate_start) &&
                            address < reinterpret_cast<uint64_t>(__gate_end));
}

} // namespace

void expect_clean(const Dump &dump, uint64_t pattern) {
    EXPECT_EQUAL(count(dump, pattern), 0);
    EXPECT(!any_vector_left(dump));
    EXPECT(!x87_data_left(dump));
    EXPECT_EQUAL(dump.x87_status(), 0);
    EXPECT_EQUAL(dump.part<unsigned char>(x87_tags), 0);
    EXPECT(is_the_gates(dump.x87_instruction()));
    constexpr uint64_t constant_flags = 0x246; // IF, ZF, PF: of a gate's last instruction
    EXPECT_EQUAL(dump.flags, constant_flags);
}

void expect_start_control_words(const Dump &dump) {
    EXPECT_EQUAL(dump.mxcsr(), 0x1f80);
    EXPECT_EQUAL(dump.x87_control(), 0x37f);
}

void expect_kept(const Dump &dump, uint64_t pattern, uint32_t mxcsr, uint16_t x87_control) {
    const uint64_t callee_saved[] = {dump.rbx, dump.rbp, dump.r12, dump.r13, dump.r14, dump.r15};
    for (const uint64_t kept : callee_saved) {
        EXPECT_EQUAL(kept, pattern);
    }
    EXPECT_EQUAL(dump.mxcsr(), mxcsr);
    EXPECT_EQUAL(dump.x87_control(), x87_control);
}

} // namespace attack
