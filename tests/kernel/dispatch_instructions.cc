/// The instructions that are dispatched, and the contents of the signal. [linux
/// syscall-user-dispatch v6.12]
#include "tests/kernel/dispatch.h"
#include "tests/kernel/filter.h"

#include <asm/unistd.h>
#include <linux/mman.h>

#include "rt/key/cpuid.h"
#include "rt/sys/call.h"
#include "rt/sys/process.h"
#include "tests/rt/domain/smaps.h"

using namespace kernel;

namespace {

constexpr int getpid_32_bit = 20;
constexpr uint64_t vsyscall_time = 0xffffffffff600400;

/// Whether the kernel has a vsyscall page, by its own account.
bool has_vsyscalls() {
    for (const smaps::Mapping &mapping : smaps::read()) {
        if (mapping.is_named("[vsyscall]")) {
            return true;
        }
    }
    return false;
}

/// Whether the 32-bit instructions are served at all: kernels and command lines can refuse them.
bool has_32_bit_calls() {
    catch_signal(Signal::memory);
    set_ways({});
    const bool served =
        static_cast<int>(kernel_strike(0, kernel_act_int80, getpid_32_bit)) == rt::sys::getpid();
    CHILD_EQUAL(served || notes().signal == 11, true);
    return served;
}

/// Intel's processors have sysenter in 64-bit mode, others do not. [sdm-2 SYSENTER]
bool is_intel() {
    constexpr uint32_t begins_genu = 0x756e6547;
    return rt::key::cpuid(0).ebx == begins_genu;
}

/// Leads a frame that would go on in 32-bit mode back to the experiment.
void allow_and_come_back(Frame &frame) {
    constexpr uint16_t code_64_bit = 0x33;
    selector() = selector_allow;
    frame.context.uc_mcontext.rip = reinterpret_cast<uint64_t>(kernel_strike_end);
    frame.context.uc_mcontext.cs = code_64_bit;
}

} // namespace

POSTERN_TEST("kernel.dispatch.catches_syscall_with_any_number",
             SHOWS(kernel_dispatch_instructions)) {
    expect_child([] {
        const bool armed = arm();
        constexpr long x32_bit = 0x40000000;
        constexpr long numbers[] = {__NR_getpid, -1,   x32_bit | __NR_getpid,
                                    335,         1000, __NR_rt_sigreturn};
        for (const long number : numbers) {
            if (armed) {
                strike_blocked(kernel_act_syscall, number);
                check_dispatched(number, arch_64_bit, kernel_syscall_behind);
            }
        }
        // The twin: with the selector at ALLOW, or without dispatch, the kernel serves.
        notes() = {};
        CHILD_EQUAL(kernel_strike(0, kernel_act_syscall, __NR_getpid), rt::sys::getpid());
        check_not_dispatched();
    });
}

POSTERN_TEST("kernel.dispatch.shows_the_interrupted_pkru", SHOWS(kernel_dispatch_instructions)) {
    expect_child([] {
        const int key = take_key();
        if (!arm()) {
            return;
        }
        const uint32_t pkru = pkru_with(key, Rights::read_only);
        strike_blocked(kernel_act_syscall, __NR_getpid, 0, pkru);
        check_dispatched(__NR_getpid, arch_64_bit, kernel_syscall_behind);
        CHILD_EQUAL(notes().frame_pkru, pkru);
        CHILD_EQUAL(notes().after_pkru, pkru);
    });
}

POSTERN_TEST("kernel.dispatch.catches_int80", SHOWS(kernel_dispatch_instructions)) {
    expect_child([] {
        const bool served = has_32_bit_calls();
        const bool armed = arm();
        const uint64_t answer = strike_blocked(kernel_act_int80, getpid_32_bit);
        if (!served) {
            CHILD_EQUAL(notes().signal, 11); // #GP, nothing to dispatch
        } else if (armed) {
            check_dispatched(getpid_32_bit, arch_32_bit, kernel_int80_behind);
            CHILD_EQUAL(answer, getpid_32_bit);
        } else {
            check_not_dispatched();
            CHILD_EQUAL(answer, rt::sys::getpid());
        }
    });
}

// The instruction keeps neither place nor stack: the kernel would return to the 32-bit vdso.
POSTERN_TEST("kernel.dispatch.catches_sysenter_where_it_exists",
             SHOWS(kernel_dispatch_instructions)) {
    expect_child([] {
        const bool served = has_32_bit_calls();
        if (!arm()) {
            return;
        }
        constexpr long bytes = 0x10000; // the handler's frame goes there too
        constexpr long flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT;
        const long low_stack = rt::sys::call_raw(__NR_mmap, 0, bytes, 3, flags, -1);
        set_ways({.edit = allow_and_come_back});
        strike_blocked(kernel_act_sysenter, getpid_32_bit, low_stack + bytes - 0x100);
        if (!is_intel()) {
            CHILD_EQUAL(notes().signal, Signal::illegal);
            CHILD_EQUAL(notes().code, 2); // ILL_ILLOPN
        } else if (!served) {
            CHILD_EQUAL(notes().signal, Signal::memory);
        } else {
            check_dispatched(getpid_32_bit, arch_32_bit,
                             reinterpret_cast<const void *>(notes().rip));
        }
    });
}

POSTERN_TEST("kernel.dispatch.does_not_catch_vsyscalls", SHOWS(kernel_dispatch_instructions)) {
    expect_child([] {
        const bool served = has_vsyscalls();
        arm();
        const uint64_t seconds = strike_blocked(kernel_act_call, static_cast<long>(vsyscall_time));
        if (served) {
            check_not_dispatched();
            CHILD_EXPECT(seconds > 1'000'000'000);
        } else {
            CHILD_EQUAL(notes().signal, Signal::memory);
            CHILD_EQUAL(notes().code, 1); // SEGV_MAPERR
            CHILD_EQUAL(notes().address, vsyscall_time);
        }
    });
}

// The kernel's own look-ups come first: a filter sees only what dispatch lets pass.
POSTERN_TEST("kernel.dispatch.comes_before_seccomp", SHOWS(kernel_dispatch_instructions)) {
    expect_child([] {
        const bool armed = arm();
        CHILD_EQUAL(install({filter_number, __NR_getppid, filter_errno | 1}), 0);
        const uint64_t answer = strike_blocked(kernel_act_syscall, __NR_getppid);
        if (armed) {
            check_dispatched(__NR_getppid, arch_64_bit, kernel_syscall_behind);
            CHILD_EQUAL(answer, __NR_getppid);
        } else {
            check_not_dispatched();
            CHILD_EQUAL(answer, eperm);
        }
        CHILD_EQUAL(rt::sys::call_raw(__NR_getppid), eperm);
    });
}
