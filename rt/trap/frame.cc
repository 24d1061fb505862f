/// The signal frame that the kernel wrote, read into a fault record.
#include "rt/trap/frame.h"

#include "linker/symbols.h"
#include "rt/base/slot.h"
#include "rt/domain/tag.h"
#include "rt/key/isolation.h"
#include "rt/sys/signal.h"
#include "rt/trap/strategy.h"

namespace rt::trap {

using base::Fault;
using base::FaultKind;
using sys::Signal;

namespace {

// si_code values of the kernel [linux siginfo.h v6.12].
constexpr int32_t code_pkuerr = 4;
constexpr uint64_t xfeature_pkru = 1u << 9; // [sdm-1 13.1]
constexpr uint64_t error_write = 1u << 1;
constexpr uint64_t error_fetch = 1u << 4;

char *pkru_word(const Frame &frame) {
    return reinterpret_cast<char *>(frame.context.uc_mcontext.fpstate) + base::slot().pkru_at;
}

bool in_gates(uint64_t rip) {
    return (rip >= reinterpret_cast<uint64_t>(__gate_start) &&
            rip < reinterpret_cast<uint64_t>(__gate_end)) ||
           (rip >= reinterpret_cast<uint64_t>(__trap_start) &&
            rip < reinterpret_cast<uint64_t>(__trap_end));
}

/// The kernel fills in the values that the trap has, and leaves the others as an earlier trap left
/// them. Only a page fault has a cr2, and a dispatched system call is no trap. [linux traps.c,
/// fault.c v6.12]
base::FaultInfo info_of(const sigcontext &saved, Signal signal) {
    if (signal == Signal::syscall) {
        return {};
    }
    return {.cr2 = saved.trapno == trap_page_fault ? saved.cr2 : 0,
            .error_code = saved.err,
            .trap_number = saved.trapno};
}

FaultKind memory_kind(const base::FaultInfo &info) {
    if (info.trap_number != trap_page_fault) {
        return FaultKind::protection;
    }
    if ((info.error_code & error_fetch) != 0) {
        return FaultKind::execute;
    }
    return (info.error_code & error_write) != 0 ? FaultKind::write : FaultKind::read;
}

FaultKind kind_of(Signal signal, const Fault &fault) {
    switch (signal) {
    case Signal::illegal:
        return FaultKind::illegal;
    case Signal::trap:
        // The traps of gates and of the trap entry are int3, which rip has passed.
        return in_gates(fault.registers.rip - 1) ? FaultKind::gate : FaultKind::breakpoint;
    case Signal::bus:
        return FaultKind::alignment;
    case Signal::arithmetic:
        return FaultKind::divide;
    case Signal::syscall:
        return FaultKind::syscall;
    default:
        return memory_kind(fault.info);
    }
}

} // namespace

void wipe_written(const Frame &frame) {
    if (frame_strategy() == FrameStrategy::frame_key) {
        const auto *area = reinterpret_cast<const _fpstate_64 *>(frame.context.uc_mcontext.fpstate);
        const auto begin = reinterpret_cast<uintptr_t>(&frame);
        const uintptr_t end = reinterpret_cast<uintptr_t>(area) + area->sw_reserved.extended_size;
        __builtin_memset(reinterpret_cast<void *>(begin), 0, end - begin);
    }
}

base::Region stack_to_wipe(const Frame &frame) {
    using domain::AlternateStack;
    constexpr AlternateStack all[] = {AlternateStack::handlers, AlternateStack::first,
                                      AlternateStack::second};
    for (const AlternateStack which : all) {
        const base::Region stack = domain::alternate_stack(0, which);
        if (frame_strategy() == FrameStrategy::frame_key &&
            stack.contains(reinterpret_cast<uintptr_t>(&frame), sizeof frame)) {
            return stack;
        }
    }
    return {};
}

base::Registers registers_of(const Frame &frame) {
    const auto &saved = frame.context.uc_mcontext;
    return {
        .r8 = saved.r8,
        .r9 = saved.r9,
        .r10 = saved.r10,
        .r11 = saved.r11,
        .r12 = saved.r12,
        .r13 = saved.r13,
        .r14 = saved.r14,
        .r15 = saved.r15,
        .rdi = saved.rdi,
        .rsi = saved.rsi,
        .rbp = saved.rbp,
        .rbx = saved.rbx,
        .rdx = saved.rdx,
        .rax = saved.rax,
        .rcx = saved.rcx,
        .rsp = saved.rsp,
        .rip = saved.rip,
        .rflags = saved.eflags,
    };
}

key::Pkru pkru_of(const Frame &frame) {
    if (!key::has_keys()) {
        return key::Pkru::from_raw(0);
    }
    uint32_t bits;
    __builtin_memcpy(&bits, pkru_word(frame), sizeof bits);
    return key::Pkru::from_raw(bits);
}

void set_pkru(const Frame &frame, key::Pkru pkru) {
    if (!key::has_keys()) {
        return;
    }
    const uint32_t bits = pkru.raw();
    __builtin_memcpy(pkru_word(frame), &bits, sizeof bits);
    // Without its bit the word does not count, and PKRU would become 0. Some kernels
    // leave the bit clear on AMD's processors (rt/KERNELS.md).
    auto *area = reinterpret_cast<_xstate *>(frame.context.uc_mcontext.fpstate);
    area->xstate_hdr.xfeatures |= xfeature_pkru;
}

Fault fault_of(const Frame &frame, key::Pkru pkru) {
    const auto &saved = frame.context.uc_mcontext;
    const auto signal = static_cast<Signal>(frame.info.si_signo);
    Fault fault{};
    fault.signal = static_cast<uint8_t>(frame.info.si_signo);
    fault.code = frame.info.si_code;
    fault.pkru = pkru.raw();
    fault.info = info_of(saved, signal);
    fault.registers = registers_of(frame);
    fault.kind = kind_of(signal, fault);
    if (signal == Signal::memory || signal == Signal::bus) {
        fault.address = reinterpret_cast<uint64_t>(frame.info.si_addr);
        fault.has_key = signal == Signal::memory && fault.code == code_pkuerr;
        fault.key = fault.has_key ? static_cast<uint8_t>(frame.info.si_pkey) : uint8_t{0};
    } else if (signal == Signal::syscall) {
        fault.number = static_cast<uint32_t>(frame.info.si_syscall);
        const auto &registers = fault.registers;
        const uint64_t arguments[6] = {registers.rdi, registers.rsi, registers.rdx,
                                       registers.r10, registers.r8,  registers.r9};
        __builtin_memcpy(fault.arguments, arguments, sizeof arguments);
    } else if (signal != Signal::trap) {
        fault.address = reinterpret_cast<uint64_t>(frame.info.si_addr);
    }
    return fault;
}

} // namespace rt::trap
