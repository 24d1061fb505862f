/// The seccomp filter of the zygote and of its children: one program, pinned by site, number and
/// arguments.
#pragma once

#include <asm/unistd.h>
#include <linux/audit.h>
#include <linux/futex.h>
#include <linux/mman.h>

#include "linker/layout.h"
#include "rt/syscall/assembler.h"
#include "rt/syscall/filter.h"

namespace rt::space {

/// The addresses that the filter compares with: places of the image, all in its 4 GiB.
struct Places {
    uint64_t stub_site; // the address after the stub's one `syscall`
    uint64_t build_site;
    uint64_t builder;          // its page
    uint64_t orders_sequence;  // in a child
    uint64_t answers_sequence; // in a child
    uint64_t regions_begin;    // page-aligned, as `regions_end`
    uint64_t regions_end;
};

namespace parts {

using syscall::Assembler;
using syscall::high_half;
using syscall::low_half;

/// Refuses every other word than `number`.
constexpr void assemble_need(Assembler &to, uint64_t number) {
    to.if_equal(number, 1, 0);
    to.answer(SECCOMP_RET_TRAP);
}

/// Refuses every other argument than `wanted`, by all its 64 bits.
constexpr void assemble_need_argument(Assembler &to, uint8_t argument, uint64_t wanted) {
    to.load(low_half(argument));
    assemble_need(to, wanted & UINT32_MAX);
    to.load(high_half(argument));
    assemble_need(to, wanted >> 32);
}

/// A wait for the next order without a time, or the monitor's wake-up.
constexpr void assemble_futex(Assembler &to, const Places &places) {
    to.load(high_half(1));
    assemble_need(to, 0);
    to.load(low_half(1));
    const uint16_t wait = to.only_for(FUTEX_WAIT);
    assemble_need_argument(to, 0, places.orders_sequence);
    assemble_need_argument(to, 3, 0);
    to.answer(SECCOMP_RET_ALLOW);
    to.land_else(wait);
    assemble_need(to, FUTEX_WAKE);
    assemble_need_argument(to, 0, places.answers_sequence);
    to.answer(SECCOMP_RET_ALLOW);
}

/// At least one byte, all of them in the regions, and a protection that is readable or writable at
/// most. The kernel makes whole pages of the bytes, which are then in the regions too.
/// [mprotect(2)]
constexpr void assemble_mprotect(Assembler &to, const Places &places) {
    const uint64_t last = places.regions_end - 1;
    to.load(high_half(0));
    assemble_need(to, syscall::image_half);
    to.load(low_half(0));
    to.if_at_least(places.regions_begin & UINT32_MAX, 1, 0);
    to.answer(SECCOMP_RET_TRAP);
    to.put_aside();
    to.load_number(last & UINT32_MAX);
    to.if_above_put_aside(1, 0);
    to.answer(SECCOMP_RET_TRAP);
    to.subtract_put_aside(); // the bytes of the regions after the first one that is named
    to.put_aside();
    to.load(high_half(1));
    assemble_need(to, 0);
    to.load(low_half(1));
    to.subtract(1);
    to.if_above_put_aside(0, 1);
    to.answer(SECCOMP_RET_TRAP);
    to.load(high_half(2));
    assemble_need(to, 0);
    to.load(low_half(2));
    to.if_any_bit(~uint64_t{PROT_READ | PROT_WRITE}, 0, 1);
    to.answer(SECCOMP_RET_TRAP);
    to.answer(SECCOMP_RET_ALLOW);
}

/// The stub's calls; the accumulator holds the call's number.
constexpr void assemble_stub(Assembler &to, const Places &places) {
    to.if_equal(__NR_sched_yield, 1, 0);
    to.if_equal(__NR_rt_sigreturn, 0, 1);
    to.answer(SECCOMP_RET_ALLOW);
    const uint16_t futex = to.only_for(__NR_futex);
    assemble_futex(to, places);
    to.land_else(futex);
    const uint16_t munmap = to.only_for(__NR_munmap);
    assemble_need_argument(to, 0, places.builder);
    assemble_need_argument(to, 1, POSTERN_PAGE);
    to.answer(SECCOMP_RET_ALLOW);
    to.land_else(munmap);
    assemble_need(to, __NR_mprotect);
    assemble_mprotect(to, places);
}

} // namespace parts

/// From the stub, what a child needs; from the builder, which children lack, any 64-bit call;
/// SIGSYS for all else. Nothing that passes in a child gives it executable memory, a process or a
/// descriptor, or changes a page outside of the regions but the builder's.
constexpr syscall::Program child_filter(const Places &places) {
    syscall::Assembler to;
    to.load(syscall::Input::architecture);
    parts::assemble_need(to, AUDIT_ARCH_X86_64); // int 0x80 and sysenter have other numbers
    to.load(syscall::Input::high_address);
    parts::assemble_need(to, syscall::image_half);
    to.load(syscall::Input::low_address);
    const uint16_t builder = to.only_for(places.build_site & UINT32_MAX);
    to.answer(SECCOMP_RET_ALLOW);
    to.land_else(builder);
    parts::assemble_need(to, places.stub_site & UINT32_MAX);
    to.load(syscall::Input::number);
    parts::assemble_stub(to, places);
    return to.program();
}

} // namespace rt::space
