/// Finds the instructions of which the emulator dies, by decoding instruction lengths.
#include "tests/attack/ends_emulator.h"

#include <stddef.h>
#include <stdint.h>

#include "linker/symbols.h"

namespace attack {

namespace {

/// One letter per opcode. [sdm-2 A.3, 64-bit mode]
///   . no operand bytes   m ModRM   b imm8   w imm32   B ModRM, imm8   W ModRM, imm32
///   p prefix   x REX   j rel8   J rel32   v mov imm, REX.W: 8 bytes   o 8-byte address   e enter
///   s control does not go on behind it (a trap, a return, a jump elsewhere)
///   V, U, E VEX of two or three bytes, EVEX
///   t ModRM and for /0 and /1 imm8   T the same with imm32   g group 5   f two-byte opcode
///   ! one of which the emulator dies, or not known here
constexpr char one_byte[] = "mmmmbwssmmmmbwsf"  // 00
                            "mmmmbwssmmmmbwss"  // 10
                            "mmmmbwpsmmmmbwps"  // 20
                            "mmmmbwpsmmmmbwps"  // 30
                            "xxxxxxxxxxxxxxxx"  // 40
                            "................"  // 50
                            "ssEmppppwWbBssss"  // 60
                            "jjjjjjjjjjjjjjjj"  // 70
                            "BWsBmmmmmmmmmmmm"  // 80
                            "..........s....."  // 90
                            "oooo....bw......"  // a0
                            "bbbbbbbbvvvvvvvv"  // b0
                            "BBssUVBWe.!!sss!"  // c0
                            "mmmmss..mmmmmmmm"  // d0
                            "jjjjssssJJsjssss"  // e0
                            "pspps.tT......mg"; // f0

/// Behind 0f.
///   A opcode byte, ModRM   C opcode byte, ModRM, imm8
constexpr char two_byte[] = "mmmms....ssssm.B"  // 00
                            "mmmmmmmmmmmmmmmm"  // 10
                            "mmmmssssmmmmmmmm"  // 20
                            "s.ssssssAsCsssss"  // 30
                            "mmmmmmmmmmmmmmmm"  // 40
                            "mmmmmmmmmmmmmmmm"  // 50
                            "mmmmmmmmmmmmmmmm"  // 60
                            "BBBBmmm.!mssmmmm"  // 70
                            "JJJJJJJJJJJJJJJJ"  // 80
                            "mmmmmmmmmmmmmmmm"  // 90
                            "...mBmss..smBmmm"  // a0
                            "mmmmmmmmmsBmmmmm"  // b0
                            "mmBmBBBm........"  // c0
                            "mmmmmmmmmmmmmmmm"  // d0
                            "mmmmmmmmmmmmmmmm"  // e0
                            "mmmmmmmmmmmmmmms"; // f0
static_assert(sizeof one_byte == 257 && sizeof two_byte == 257);

/// Bytes of ModRM, SIB and displacement.
unsigned address_bytes(const uint8_t *modrm) {
    const unsigned mod = modrm[0] >> 6;
    const unsigned base = modrm[0] & 7;
    const bool has_sib = mod != 3 && base == 4;
    unsigned bytes = has_sib ? 2 : 1;
    if (mod == 1) {
        bytes += 1;
    } else if (mod == 2 || (mod == 0 && (base == 5 || (has_sib && (modrm[1] & 7) == 5)))) {
        bytes += 4;
    }
    return bytes;
}

int32_t relative(const uint8_t *at, unsigned bytes) {
    if (bytes == 1) {
        return static_cast<int8_t>(*at);
    }
    int32_t distance;
    __builtin_memcpy(&distance, at, sizeof distance);
    return distance;
}

/// One instruction: where control goes on, and whether it is one of those looked for.
struct Step {
    const uint8_t *next = nullptr;   // null: nowhere that the bytes tell
    const uint8_t *target = nullptr; // of a direct jump or call
    bool ends_emulator = false;
};

struct Prefixes {
    unsigned word = 4;   // bytes of an immediate
    bool wide = false;   // REX.W
    bool narrow = false; // addresses of 32 bits
};

Step read_operands(char kind, const uint8_t *at, Prefixes prefixes) {
    const bool first_two = (at[0] >> 3 & 7) < 2;
    const unsigned group = at[0] >> 3 & 7;
    switch (kind) {
    case '.':
        return {at};
    case 'm':
        return {at + address_bytes(at)};
    case 'b':
        return {at + 1};
    case 'w':
        return {at + prefixes.word};
    case 'B':
        return {at + address_bytes(at) + 1};
    case 'W':
        return {at + address_bytes(at) + prefixes.word};
    case 't':
        return {at + address_bytes(at) + (first_two ? 1 : 0)};
    case 'T':
        return {at + address_bytes(at) + (first_two ? prefixes.word : 0)};
    case 'v':
        return {at + (prefixes.wide ? 8 : prefixes.word)};
    case 'o':
        return {at + (prefixes.narrow ? 4 : 8)};
    case 'e':
        return {at + 3};
    case 'j':
        return {at + 1, at + 1 + relative(at, 1)};
    case 'J':
        if (prefixes.word == 2) { // below 64 KiB, as the emulator and some processors have it
            return {at + 2};
        }
        return {at + 4, at + 4 + relative(at, 4)};
    case 'g': // inc, dec, call, far call, jmp, far jmp, push
        return {at + address_bytes(at), nullptr, group == 3};
    case 's':
        return {};
    default:
        return {nullptr, nullptr, true};
    }
}

/// `at` leads to the opcode; `map` says which opcodes these are. The last payload byte of VEX ends
/// with the instruction's prefix. [sdm-2 2.3.5, 2.7]
Step read_vector(const uint8_t *at, unsigned map) {
    if (map == 0 || map > 3) {
        return {};
    }
    constexpr unsigned prefix_mask = 3;
    if (map == 1 && *at == 0xc4 && (at[-1] & prefix_mask) == 0) { // pinsrw without 66
        return {nullptr, nullptr, true};
    }
    if (map == 1 && *at == 0x77) { // vzeroupper, vzeroall
        return {at + 1};
    }
    const bool has_byte = map == 3 || (map == 1 && two_byte[*at] == 'B');
    return {at + 1 + address_bytes(at + 1) + (has_byte ? 1 : 0)};
}

Step read(const uint8_t *at) {
    Prefixes prefixes;
    char kind = one_byte[*at];
    while (kind == 'p' || kind == 'x') {
        prefixes.word = *at == 0x66 ? 2 : prefixes.word;
        prefixes.narrow |= *at == 0x67;
        prefixes.wide = kind == 'x' && (*at & 8) != 0;
        kind = one_byte[*++at];
    }
    switch (kind) {
    case 'f':
        kind = two_byte[*++at];
        if (kind == 'A' || kind == 'C') {
            kind = kind == 'A' ? 'm' : 'B';
            ++at;
        }
        break;
    case 'V':
        return read_vector(at + 2, 1);
    case 'U':
        return read_vector(at + 3, at[1] & 0x1f);
    case 'E':
        return read_vector(at + 4, at[1] & 7);
    default:
        break;
    }
    return read_operands(kind, at + 1, prefixes);
}

/// Bytes of an instruction that the reader looks at, at most.
constexpr size_t longest = 32;

bool is_text(const uint8_t *at) {
    const auto *byte = reinterpret_cast<const char *>(at);
    return byte >= __text_start && byte < __text_end;
}

/// Follows both ways of a jump for so many instructions in a row.
bool leads_to_end(const uint8_t *at, unsigned steps, unsigned jumps) {
    for (; is_text(at) && steps != 0; --steps) {
        if (!is_text(at + longest)) { // padding, as a rule
            return *at != 0xcc;
        }
        const Step step = read(at);
        if (step.ends_emulator ||
            (is_text(step.target) && jumps != 0 && leads_to_end(step.target, steps, jumps - 1))) {
            return true;
        }
        at = step.next;
    }
    return false;
}

} // namespace

bool may_end_emulator(const char *at) {
    constexpr unsigned steps = 20;
    return leads_to_end(reinterpret_cast<const uint8_t *>(at), steps, 2);
}

void mark_emulator_ends(bool *marks) {
    const auto *begin = reinterpret_cast<const uint8_t *>(__text_start);
    const auto bytes = static_cast<size_t>(__text_end - __text_start);
    const auto is_marked = [&](const uint8_t *at) { return is_text(at) && marks[at - begin]; };
    for (bool again = true; again;) {
        again = false;
        for (size_t place = bytes; place-- > 0;) {
            const uint8_t *at = begin + place;
            if (marks[place]) {
                continue;
            }
            const Step step = is_text(at + longest) ? read(at) : Step{};
            marks[place] = step.ends_emulator || is_marked(step.next) || is_marked(step.target) ||
                           (!is_text(at + longest) && *at != 0xcc);
            again |= marks[place];
        }
    }
}

bool is_instruction_of(const char *function, const char *at) {
    const auto *wanted = reinterpret_cast<const uint8_t *>(at);
    const auto *next = reinterpret_cast<const uint8_t *>(function);
    while (next != nullptr && next < wanted) {
        next = read(next).next;
    }
    return next == wanted;
}

} // namespace attack
