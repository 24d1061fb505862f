/// The seccomp filter for kernels without dispatch: system calls from the runtime's two sites alone.
#pragma once

#include <asm/unistd.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>

#include "linker/layout.h"

namespace rt::sys {

/// A whole filter, as classic BPF. [linux seccomp_filter]
struct SiteFilter {
    sock_filter steps[11];
};

/// Where a load finds its word.
enum class Input : uint8_t {
    number = offsetof(seccomp_data, nr),
    architecture = offsetof(seccomp_data, arch),
    low_address = offsetof(seccomp_data, instruction_pointer),
    high_address = offsetof(seccomp_data, instruction_pointer) + 4,
};

constexpr sock_filter load(Input input) {
    return {BPF_LD | BPF_W | BPF_ABS, 0, 0, static_cast<uint32_t>(input)};
}
/// Goes on behind `yes` or behind `no` further steps.
constexpr sock_filter if_equal(uint64_t number, uint8_t yes, uint8_t no) {
    return {BPF_JMP | BPF_JEQ | BPF_K, yes, no, static_cast<uint32_t>(number)};
}
constexpr sock_filter answer(uint32_t action) {
    return {BPF_RET | BPF_K, 0, 0, action};
}

/// Allows the 64-bit system calls of an image whose `syscall` instructions end at `call`, which may
/// make any, and at `restorer`, which may make rt_sigreturn alone; every other one is SIGSYS. That
/// address is what the kernel shows a filter. [linux seccomp.c v5.10]
constexpr SiteFilter site_filter(uint64_t call, uint64_t restorer) {
    // The linker script keeps the text far below 4 GiB.
    static_assert(POSTERN_BASE % (uint64_t{1} << 32) == 0, "both sites have one upper half");
    return {{
        load(Input::architecture),
        if_equal(AUDIT_ARCH_X86_64, 0, 8), // also int 0x80 and sysenter, whose numbers are others
        load(Input::high_address),
        if_equal(POSTERN_BASE >> 32, 0, 6),
        load(Input::low_address),
        if_equal(call & UINT32_MAX, 3, 0),
        if_equal(restorer & UINT32_MAX, 0, 3),
        load(Input::number),
        if_equal(__NR_rt_sigreturn, 0, 1),
        answer(SECCOMP_RET_ALLOW),
        answer(SECCOMP_RET_TRAP),
    }};
}

} // namespace rt::sys
