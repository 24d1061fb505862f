/// What a filter answers, step by step as the kernel runs it: for checks at compile time and tests.
#pragma once

#include "rt/syscall/assembler.h"

namespace rt::syscall {

/// The answer for a program that gives none: it runs past its end, or has a step of another kind.
/// No action of the kernel has this number.
inline constexpr uint32_t no_answer = 1;

/// Word `offset` of what the kernel shows.
constexpr uint32_t word_at(const seccomp_data &shown, uint32_t offset) {
    if (offset >= offsetof(seccomp_data, args)) {
        const uint32_t index = (offset - offsetof(seccomp_data, args)) / 8;
        return static_cast<uint32_t>(shown.args[index] >> (offset % 8 == 0 ? 0 : 32));
    }
    switch (static_cast<Input>(offset)) {
    case Input::number:
        return static_cast<uint32_t>(shown.nr);
    case Input::architecture:
        return shown.arch;
    case Input::low_address:
        return static_cast<uint32_t>(shown.instruction_pointer);
    default:
        return static_cast<uint32_t>(shown.instruction_pointer >> 32);
    }
}

/// Whether a conditional step's condition holds; false for steps of other kinds.
constexpr bool holds(const sock_filter &step, uint32_t word, uint32_t aside) {
    switch (step.code) {
    case BPF_JMP | BPF_JGT | BPF_X:
        return word > aside;
    case BPF_JMP | BPF_JEQ | BPF_K:
        return word == step.k;
    case BPF_JMP | BPF_JGE | BPF_K:
        return word >= step.k;
    case BPF_JMP | BPF_JSET | BPF_K:
        return (word & step.k) != 0;
    default:
        return false;
    }
}

/// The answer, and after how many steps it came.
struct Run {
    uint32_t answer;
    size_t steps;
};

constexpr Run run_of(const Program &program, const seccomp_data &shown) {
    uint32_t word = 0;
    uint32_t aside = 0;
    size_t steps = 0;
    for (size_t at = 0; at < program.count; ++at) {
        const sock_filter &step = program.steps[at];
        ++steps;
        if (step.code == (BPF_LD | BPF_W | BPF_ABS)) {
            word = word_at(shown, step.k);
        } else if (step.code == (BPF_RET | BPF_K)) {
            return {step.k, steps};
        } else if (step.code == (BPF_LD | BPF_IMM)) {
            word = step.k;
        } else if (step.code == (BPF_ALU | BPF_SUB | BPF_K)) {
            word -= step.k;
        } else if (step.code == (BPF_ALU | BPF_SUB | BPF_X)) {
            word -= aside;
        } else if (step.code == Assembler::differs) {
            word ^= step.k;
        } else if (step.code == (BPF_MISC | BPF_TAX)) {
            aside = word;
        } else if (step.code == (BPF_ALU | BPF_OR | BPF_X)) {
            word |= aside;
        } else if (BPF_CLASS(step.code) == BPF_JMP) {
            at += holds(step, word, aside) ? step.jt : step.jf;
        } else {
            return {no_answer, steps};
        }
    }
    return {no_answer, steps};
}

constexpr uint32_t answer_of(const Program &program, const seccomp_data &shown) {
    return run_of(program, shown).answer;
}

} // namespace rt::syscall
