/// An assembler for classic BPF, the language of seccomp filters, that runs at compile time too.
#pragma once

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>

namespace rt::syscall {

/// A filter. The kernel takes up to 4096 steps. [linux seccomp_filter]
struct Program {
    static constexpr size_t capacity = 640;

    sock_filter steps[capacity];
    uint16_t count;
};

/// Where a load finds its word.
enum class Input : uint8_t {
    number = offsetof(seccomp_data, nr),
    architecture = offsetof(seccomp_data, arch),
    low_address = offsetof(seccomp_data, instruction_pointer),
    high_address = offsetof(seccomp_data, instruction_pointer) + 4,
};

/// The halves of argument `index`, 0 to 5, of a little-endian machine.
constexpr Input low_half(uint8_t index) {
    return static_cast<Input>(offsetof(seccomp_data, args) + 8u * index);
}
constexpr Input high_half(uint8_t index) {
    return static_cast<Input>(offsetof(seccomp_data, args) + 8u * index + 4);
}

/// Appends steps to a program. Every jump leads forward. A step or a jump that does not fit is an
/// index out of range, which does not compile in a constant expression; and rt builds at run time
/// only what it has built at compile time.
class Assembler {
public:
    constexpr void load(Input input) {
        append(BPF_LD | BPF_W | BPF_ABS, 0, 0, static_cast<uint32_t>(input));
    }
    /// Skips `yes` further steps if the condition holds, and `no` steps if not.
    constexpr void if_equal(uint64_t number, uint8_t yes, uint8_t no) {
        append(BPF_JMP | BPF_JEQ | BPF_K, yes, no, static_cast<uint32_t>(number));
    }
    constexpr void if_at_least(uint64_t number, uint8_t yes, uint8_t no) {
        append(BPF_JMP | BPF_JGE | BPF_K, yes, no, static_cast<uint32_t>(number));
    }
    constexpr void if_any_bit(uint64_t bits, uint8_t yes, uint8_t no) {
        append(BPF_JMP | BPF_JSET | BPF_K, yes, no, static_cast<uint32_t>(bits));
    }
    constexpr void load_number(uint64_t number) {
        append(BPF_LD | BPF_IMM, 0, 0, static_cast<uint32_t>(number));
    }
    constexpr void subtract(uint64_t number) {
        append(BPF_ALU | BPF_SUB | BPF_K, 0, 0, static_cast<uint32_t>(number));
    }
    constexpr void answer(uint32_t action) { append(BPF_RET | BPF_K, 0, 0, action); }

    /// XORs the word with a half of the call word, which put_word fills in: zero if they are equal.
    constexpr void differ_from_word() { append(differs, 0, 0, 0); }
    constexpr void put_aside() { append(BPF_MISC | BPF_TAX, 0, 0, 0); }
    constexpr void subtract_put_aside() { append(BPF_ALU | BPF_SUB | BPF_X, 0, 0, 0); }
    constexpr void if_above_put_aside(uint8_t yes, uint8_t no) {
        append(BPF_JMP | BPF_JGT | BPF_X, yes, no, 0);
    }
    constexpr void add_bits_put_aside() { append(BPF_ALU | BPF_OR | BPF_X, 0, 0, 0); }
    static constexpr uint16_t differs = BPF_ALU | BPF_XOR | BPF_K;

    /// Goes on with the next step below `number`, and from `number` on at the step where `land` is
    /// called.
    constexpr uint16_t split_at(uint64_t number) {
        if_at_least(number, 0, 0);
        return static_cast<uint16_t>(program_.count - 1);
    }
    constexpr void land(uint16_t split) {
        const auto distance = static_cast<size_t>(program_.count - split - 1);
        // A condition has eight bits for it.
        program_.steps[distance <= UINT8_MAX ? split : Program::capacity].jt =
            static_cast<uint8_t>(distance);
    }

    /// Goes on with the next step for `number`, and for every other one at the step where
    /// `land_else` is called.
    constexpr uint16_t only_for(uint64_t number) {
        if_equal(number, 0, 0);
        return static_cast<uint16_t>(program_.count - 1);
    }
    constexpr void land_else(uint16_t only) {
        const auto distance = static_cast<size_t>(program_.count - only - 1);
        program_.steps[distance <= UINT8_MAX ? only : Program::capacity].jf =
            static_cast<uint8_t>(distance);
    }

    constexpr const Program &program() const { return program_; }

private:
    constexpr void append(uint16_t code, uint8_t yes, uint8_t no, uint32_t word) {
        program_.steps[program_.count++] = {code, yes, no, word};
    }

    Program program_{};
};

/// Fills in the word with which a program compares, lower half first. Programs are built without
/// it, so that only one copy has it.
constexpr void put_word(Program &program, uint64_t word) {
    bool upper = false;
    for (size_t i = 0; i < program.count; ++i) {
        if (program.steps[i].code == Assembler::differs) {
            program.steps[i].k = static_cast<uint32_t>(upper ? word >> 32 : word);
            upper = !upper;
        }
    }
}

} // namespace rt::syscall
