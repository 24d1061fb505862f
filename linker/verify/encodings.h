/// The encodings that an image's executable bytes are searched for, each with its class: the one
/// table.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace linker::verify {

/// The consequence of finding one. Forbidden: it changes a view or a base, and is allowed only at
/// the listed sites (sites.h). Mediated: a system call, which dispatch stops in a domain; it is
/// counted. Noted: it is harmless on Linux today, or the gates' design handles it; it is counted.
enum class Class : uint8_t { forbidden, mediated, noted };

/// The bytes before the opcode byte: none; 0F, or REX2 with its map bit set, which means the same
/// [apx 3.1.1]; 0F 38; VEX of three bytes or EVEX, which name their map in a field.
/// [sdm-2 2.3.5, apx 3.1.2]
enum class Map : uint8_t { one_byte, two_bytes, three_bytes, vex_map_7, evex_map_4, evex_map_7 };

/// The ModRM bytes of an encoding: those with `modrm & mask == value`, and, if the operand must be
/// in memory, those below C0. A mask of 0 without that means that no byte is examined.
struct Operand {
    uint8_t mask = 0;
    uint8_t value = 0;
    bool in_memory = false;
    bool in_register = false;

    constexpr bool fits(uint8_t modrm) const {
        return (modrm & mask) == value && (!in_memory || modrm < 0xc0) &&
               (!in_register || modrm >= 0xc0);
    }
    constexpr bool exists() const { return mask != 0 || in_memory || in_register; }
};

/// ModRM exactly so; /DIGIT of any kind, in memory, in a register; any operand in memory, in a
/// register.
constexpr Operand is(uint8_t modrm) {
    return {.mask = 0xff, .value = modrm};
}
constexpr Operand digit(uint8_t number) {
    return {.mask = 0x38, .value = uint8_t(number << 3)};
}
constexpr Operand digit_memory(uint8_t number) {
    return {.mask = 0x38, .value = uint8_t(number << 3), .in_memory = true};
}
constexpr Operand digit_register(uint8_t number) {
    return {.mask = 0x38, .value = uint8_t(number << 3), .in_register = true};
}
constexpr Operand memory() {
    return {.in_memory = true};
}
constexpr Operand in_register() {
    return {.in_register = true};
}

/// One row: an instruction by its bytes. `prefix` must be among the prefixes before it, unless it
/// is 0; after VEX and EVEX it is the one that their field stands for, 0 for none. `decoded` is the
/// name that a disassembler gives it (a * matches anything); the tests use it as a second opinion.
struct Encoding {
    std::string_view name;
    Class kind;
    Map map;
    uint8_t opcode;
    Operand operand;
    uint8_t prefix;
    std::string_view decoded;
};

// [sdm-2], [apx] for REX2. A write of a base is refused with any prefix: 0F AE D0..DF without F3 is
// no instruction, and a jump can skip a prefix. The prefixes of WRPKRU do not matter either.
inline constexpr auto encodings = std::to_array<Encoding>({
    {"wrpkru", Class::forbidden, Map::two_bytes, 0x01, is(0xef), 0, "wrpkru"},
    {"xrstor", Class::forbidden, Map::two_bytes, 0xae, digit_memory(5), 0, "xrstor *|xrstor64 *"},
    {"wrfsbase", Class::forbidden, Map::two_bytes, 0xae, digit_register(2), 0, "wrfsbase*"},
    {"wrgsbase", Class::forbidden, Map::two_bytes, 0xae, digit_register(3), 0, "wrgsbase*"},

    {"syscall", Class::mediated, Map::two_bytes, 0x05, {}, 0, "syscall"},
    {"sysenter", Class::mediated, Map::two_bytes, 0x34, {}, 0, "sysenter"},
    {"int 0x80", Class::mediated, Map::one_byte, 0xcd, is(0x80), 0, "int $128"},

    {"xrstors", Class::noted, Map::two_bytes, 0xc7, digit_memory(3), 0, "xrstors*"},
    {"xsaves", Class::noted, Map::two_bytes, 0xc7, digit_memory(5), 0, "xsaves*"},
    {"uiret", Class::noted, Map::two_bytes, 0x01, is(0xec), 0xf3, "uiret"},
    {"senduipi", Class::noted, Map::two_bytes, 0xc7, digit_register(6), 0xf3, "senduipi*"},
    {"testui", Class::noted, Map::two_bytes, 0x01, is(0xed), 0xf3, "testui"},
    {"clui", Class::noted, Map::two_bytes, 0x01, is(0xee), 0xf3, "clui"},
    {"vmfunc", Class::noted, Map::two_bytes, 0x01, is(0xd4), 0, "vmfunc"},
    {"enclu", Class::noted, Map::two_bytes, 0x01, is(0xd7), 0, "enclu"},
    {"vmcall", Class::noted, Map::two_bytes, 0x01, is(0xc1), 0, "vmcall"},
    {"vmmcall", Class::noted, Map::two_bytes, 0x01, is(0xd9), 0, "vmmcall"},
    {"wrss", Class::noted, Map::three_bytes, 0xf6, memory(), 0, "wrss*"},
    {"wrss (evex)", Class::noted, Map::evex_map_4, 0x66, memory(), 0, "wrss*"},
    {"wruss", Class::noted, Map::three_bytes, 0xf5, memory(), 0x66, "wruss*"},
    {"wruss (evex)", Class::noted, Map::evex_map_4, 0x65, memory(), 0x66, "wruss*"},
    {"rstorssp", Class::noted, Map::two_bytes, 0x01, digit_memory(5), 0xf3, "rstorssp*"},
    {"xsetbv", Class::noted, Map::two_bytes, 0x01, is(0xd1), 0, "xsetbv"},
    {"wrmsr", Class::noted, Map::two_bytes, 0x30, {}, 0, "wrmsr"},
    {"wrmsrns", Class::noted, Map::two_bytes, 0x01, is(0xc6), 0, "wrmsrns"},
    {"wrmsrns imm (vex)", Class::noted, Map::vex_map_7, 0xf6, digit_register(0), 0xf3, "wrmsrns *"},
    {"wrmsrns imm (evex)", Class::noted, Map::evex_map_7, 0xf6, digit_register(0), 0xf3,
     "wrmsrns *"},
    {"uwrmsr", Class::noted, Map::three_bytes, 0xf8, in_register(), 0xf3, "uwrmsr *"},
    {"uwrmsr (evex)", Class::noted, Map::evex_map_4, 0xf8, in_register(), 0xf3, "uwrmsr *"},
    {"uwrmsr imm (vex)", Class::noted, Map::vex_map_7, 0xf8, digit_register(0), 0xf3, "uwrmsr *"},
    {"uwrmsr imm (evex)", Class::noted, Map::evex_map_7, 0xf8, digit_register(0), 0xf3, "uwrmsr *"},
    {"urdmsr", Class::noted, Map::three_bytes, 0xf8, in_register(), 0xf2, "urdmsr *"},
    {"urdmsr (evex)", Class::noted, Map::evex_map_4, 0xf8, in_register(), 0xf2, "urdmsr *"},
    {"urdmsr imm (vex)", Class::noted, Map::vex_map_7, 0xf8, digit_register(0), 0xf2, "urdmsr *"},
    {"urdmsr imm (evex)", Class::noted, Map::evex_map_7, 0xf8, digit_register(0), 0xf2, "urdmsr *"},
    {"enqcmd", Class::noted, Map::three_bytes, 0xf8, memory(), 0xf2, "enqcmd *"},
    {"enqcmd (evex)", Class::noted, Map::evex_map_4, 0xf8, memory(), 0xf2, "enqcmd *"},
    {"enqcmds", Class::noted, Map::three_bytes, 0xf8, memory(), 0xf3, "enqcmds *"},
    {"enqcmds (evex)", Class::noted, Map::evex_map_4, 0xf8, memory(), 0xf3, "enqcmds *"},
    {"movdir64b", Class::noted, Map::three_bytes, 0xf8, memory(), 0x66, "movdir64b *"},
    {"movdir64b (evex)", Class::noted, Map::evex_map_4, 0xf8, memory(), 0x66, "movdir64b *"},
    {"eretu", Class::noted, Map::two_bytes, 0x01, is(0xca), 0xf3, "eretu"},
    {"erets", Class::noted, Map::two_bytes, 0x01, is(0xca), 0xf2, "erets"},
    {"swapgs", Class::noted, Map::two_bytes, 0x01, is(0xf8), 0, "swapgs"},
    {"lkgs", Class::noted, Map::two_bytes, 0x00, digit(6), 0xf2, "lkgs*"},
    {"sysret", Class::noted, Map::two_bytes, 0x07, {}, 0, "sysret*"},
    {"sysexit", Class::noted, Map::two_bytes, 0x35, {}, 0, "sysexit*"},

    {"mov to fs", Class::noted, Map::one_byte, 0x8e, digit(4), 0, "mov*%fs"},
    {"mov to gs", Class::noted, Map::one_byte, 0x8e, digit(5), 0, "mov*%gs"},
    {"pop fs", Class::noted, Map::two_bytes, 0xa1, {}, 0, "pop*%fs"},
    {"pop gs", Class::noted, Map::two_bytes, 0xa9, {}, 0, "pop*%gs"},
    {"lfs", Class::noted, Map::two_bytes, 0xb4, memory(), 0, "lfs*"},
    {"lgs", Class::noted, Map::two_bytes, 0xb5, memory(), 0, "lgs*"},
    {"far return", Class::noted, Map::one_byte, 0xcb, {}, 0, "lret*"},
    {"far return and pop", Class::noted, Map::one_byte, 0xca, {}, 0, "lret* $*"},
    {"iret", Class::noted, Map::one_byte, 0xcf, {}, 0, "iret*"},
    {"far call", Class::noted, Map::one_byte, 0xff, digit_memory(3), 0, "lcall*"},
    {"far jump", Class::noted, Map::one_byte, 0xff, digit_memory(5), 0, "ljmp*"},
    {"int3", Class::noted, Map::one_byte, 0xcc, {}, 0, "int3"},
    {"int", Class::noted, Map::one_byte, 0xcd, {}, 0, "int $*"},
    {"int1", Class::noted, Map::one_byte, 0xf1, {}, 0, "int1"},
    {"popf", Class::noted, Map::one_byte, 0x9d, {}, 0, "popf*"},
    {"xbegin", Class::noted, Map::one_byte, 0xc7, is(0xf8), 0, "xbegin*"},
});

constexpr std::string_view name_of(Class kind) {
    return kind == Class::forbidden ? "forbidden" : kind == Class::mediated ? "mediated" : "noted";
}

} // namespace linker::verify
