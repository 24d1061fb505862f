/// The registers that a hostile domain loads before it jumps, laid out for assembly and C++.
#pragma once

// Each word of the file and its offset. rip to ss are in the order in which iretq takes them. `way`
// is how the strike jumps; `far` an offset and, above its 32 bits, a code selector for the far
// jump.
#define ATTACK_FILE_WORDS(WORD)                                                                    \
    WORD(rax, 0x00)                                                                                \
    WORD(rbx, 0x08)                                                                                \
    WORD(rcx, 0x10)                                                                                \
    WORD(rdx, 0x18)                                                                                \
    WORD(rsi, 0x20)                                                                                \
    WORD(rdi, 0x28)                                                                                \
    WORD(rbp, 0x30)                                                                                \
    WORD(r8, 0x38)                                                                                 \
    WORD(r9, 0x40)                                                                                 \
    WORD(r10, 0x48)                                                                                \
    WORD(r11, 0x50)                                                                                \
    WORD(r12, 0x58)                                                                                \
    WORD(r13, 0x60)                                                                                \
    WORD(r14, 0x68)                                                                                \
    WORD(r15, 0x70)                                                                                \
    WORD(rip, 0x78)                                                                                \
    WORD(cs, 0x80)                                                                                 \
    WORD(flags, 0x88)                                                                              \
    WORD(rsp, 0x90)                                                                                \
    WORD(ss, 0x98)                                                                                 \
    WORD(loads_gs, 0xa0)                                                                           \
    WORD(gs, 0xa8)                                                                                 \
    WORD(loads_high, 0xb0)                                                                         \
    WORD(way, 0xb8)                                                                                \
    WORD(far, 0xc0)                                                                                \
    WORD(loads_fs, 0xc8)

// xmm0 to xmm15, then the upper halves of ymm0 to ymm15. The last word of xmm14, then that of
// xmm15, are the address and the value of attack_poke: no gate touches them on the way.
#define ATTACK_FILE_VECTORS 0xd0
#define ATTACK_FILE_HIGH 0x1d0
#define ATTACK_FILE_BYTES 0x2d0

// The ways. The emulator's iretq reads the stack as the kernel would, and dies where that leads
// nowhere; the file it can read.
#define ATTACK_BY_JUMP 0
#define ATTACK_BY_IRETQ 1
#define ATTACK_BY_FAR_JUMP 2

// The result of a call that came back over attack_landing.
#define ATTACK_LANDED 0x1a9d

#ifdef __ASSEMBLER__

// clang-format off
#define WORD(name, offset) .set file_##name, offset;
ATTACK_FILE_WORDS(WORD)
#undef WORD
.set file_vectors, ATTACK_FILE_VECTORS
.set file_high, ATTACK_FILE_HIGH
// clang-format on

#else

#include <stddef.h>
#include <stdint.h>

namespace attack {

constexpr uint64_t user_code = 0x33;    // [linux segment.h v6.12]
constexpr uint64_t user_code_32 = 0x23; // 32-bit mode
constexpr uint64_t user_data = 0x2b;

struct RegisterFile {
    uint64_t rax, rbx, rcx, rdx, rsi, rdi, rbp, r8, r9, r10, r11, r12, r13, r14, r15;
    uint64_t rip;
    uint64_t cs;
    uint64_t flags;
    uint64_t rsp;
    uint64_t ss;
    uint64_t loads_gs; // whether gs is loaded with the selector `gs`
    uint64_t gs;
    uint64_t loads_high; // whether the upper halves of ymm are loaded
    uint64_t way;
    uint64_t far;
    uint64_t loads_fs; // the same for fs
    uint64_t vectors[32];
    uint64_t high[32];

    /// Makes attack_poke store *address = value when control comes to it.
    void poke(const volatile void *address, uint64_t value) {
        vectors[29] = reinterpret_cast<uint64_t>(address);
        vectors[31] = value;
    }
};
#define WORD(name, offset) static_assert(offsetof(RegisterFile, name) == offset);
ATTACK_FILE_WORDS(WORD)
#undef WORD
static_assert(offsetof(RegisterFile, vectors) == ATTACK_FILE_VECTORS);
static_assert(offsetof(RegisterFile, high) == ATTACK_FILE_HIGH);
static_assert(sizeof(RegisterFile) == ATTACK_FILE_BYTES);

} // namespace attack

#endif
