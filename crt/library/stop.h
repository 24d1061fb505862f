/// The instruction by which code of a domain stops itself. The fault shows its text (rt/trap/stop.cc).
#pragma once

// `ud1l TEXT(%rip), %REGISTER`, an instruction that every processor refuses [sdm-2 UD]. The
// register says why, the operand has the address of the text. `ud1l (%rdi), %REGISTER`: rdi has it.
#define STOP_ENDED %eax     // the domain ends itself
#define STOP_OVERRUN %ecx   // a check has found an overrun
#define STOP_ABSENT %edx    // the domain does not have this function
#define STOP_ASSERTION %ebx // an assertion failed

#ifdef __ASSEMBLER__
/// As the macro of C++ below: STOP(STOP_ABSENT, "text"). The text may be in several parts.
#define STOP(why, ...) STOP_IN(.rodata.stop, why, __VA_ARGS__)
/// The same with the text in that section.
#define STOP_IN(section, why, ...)                                                                 \
    .pushsection section, "a", @progbits;                                                          \
    771: .ascii __VA_ARGS__;                                                                       \
    .byte 0;                                                                                       \
    .popsection;                                                                                   \
    ud1l 771b(%rip), why

#else

#include <stdint.h>

#define STOP_QUOTE_(...) #__VA_ARGS__
#define STOP_QUOTE(...) STOP_QUOTE_(%__VA_ARGS__)
/// Ends the call of the domain as a Fault with that reason, STOP_ENDED or its like, and that text.
#define STOP(why, text)                                                                            \
    do {                                                                                           \
        asm volatile(".pushsection .rodata.stop, \"a\", @progbits\n"                               \
                     "771: .asciz \"" text "\"\n"                                                 \
                     ".popsection\n"                                                               \
                     "ud1l 771b(%%rip), " STOP_QUOTE(why)                                          \
                     :);                                                                           \
        __builtin_unreachable();                                                                   \
    } while (false)

namespace crt::library {

inline constexpr int stop_reasons = 4;
inline constexpr int stop_absent = 2; // STOP_ABSENT
inline constexpr uint64_t stop_bytes = 7; // of the form that is relative to rip

/// The bytes of the instruction. [sdm-2 2.1]
struct [[gnu::packed]] Stop {
    uint8_t opcode[2];
    uint8_t operands;
    int32_t distance; // to the text, from the end of the instruction

    bool is_relative() const { return (operands & 0xc7) == 0x05; }
    bool is_in_rdi() const { return (operands & 0xc7) == 0x07; }
};
static_assert(sizeof(Stop) == stop_bytes);

/// The number of the reason, in the order above; -1 if this is another instruction.
inline int reason_of(const Stop &stop) {
    const int number = stop.operands >> 3 & 7; // eax, ecx, edx, ebx
    const bool is_stop = stop.opcode[0] == 0x0f && stop.opcode[1] == 0xb9 &&
                         (stop.is_relative() || stop.is_in_rdi()) && number < stop_reasons;
    return is_stop ? number : -1;
}

} // namespace crt::library

#endif
