/// A seccomp filter in the kernel's own instructions. [linux seccomp_filter v6.12]
#pragma once

#include <asm/unistd.h>
#include <linux/prctl.h>

#include <stddef.h>
#include <stdint.h>

#include "rt/sys/call.h"

namespace kernel {

struct FilterStep {
    uint16_t code;
    uint8_t when_true, when_false; // steps to leave out
    uint32_t operand;
};

// Words of what a filter looks at.
inline constexpr uint32_t filter_number = 0;
inline constexpr uint32_t filter_instruction = 8; // the lower half of the address after it

inline constexpr uint32_t filter_errno = 0x00050000;
inline constexpr uint32_t filter_trap = 0x00030000;
inline constexpr uint32_t filter_allow = 0x7fff0000;

/// Answers with `action` when one word is `value`, and allows all else.
struct Filter {
    FilterStep steps[4];

    constexpr Filter(uint32_t word, uint32_t value, uint32_t action)
        : steps{{0x20, 0, 0, word},
                {0x15, 0, 1, value},
                {0x06, 0, 0, action},
                {0x06, 0, 0, filter_allow}} {}
};

/// Installs it for this thread for good; the kernel's answer.
inline long install(const Filter &filter) {
    const struct {
        uint16_t count;
        const FilterStep *steps;
    } program{4, filter.steps};
    rt::sys::call_raw(__NR_prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    return rt::sys::call_raw(__NR_seccomp, 1, 0, &program); // SECCOMP_SET_MODE_FILTER
}

} // namespace kernel
