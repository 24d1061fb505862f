/// The selector of Syscall User Dispatch, its exempt range, who inherits it. Before 5.11: EINVAL.
/// [linux syscall-user-dispatch v6.12]
#include "tests/kernel/dispatch.h"

#include <asm/unistd.h>
#include <linux/prctl.h>

#include "rt/sys/call.h"
#include "rt/sys/process.h"

using namespace kernel;

namespace {

constinit uint32_t pkru_at_call = 0;
constinit char value = 0;

const auto site = [] { return reinterpret_cast<uint64_t>(kernel_syscall_site); };

/// One blocked call whose selector is on the first key taken.
void call_under_pkru() {
    const int key = take_key();
    if (arm(key)) {
        strike_blocked(kernel_act_syscall, __NR_getpid, 0, pkru_at_call);
    }
}

/// Death at the call, before any handler; before 5.11 there is no dispatch and so no death.
void expect_death_at_call(void (*body)(), Signal signal) {
    const harness::ChildEnd end = run_child(body);
    if (!has_dispatch()) {
        EXPECT_EQUAL(end.exit_status, 0);
        return;
    }
    expect_death(end, signal);
    EXPECT_EQUAL(notes().entered, 0);
}

} // namespace

POSTERN_TEST("kernel.dispatch.a_selector_of_no_meaning_is_death", SHOWS(kernel_dispatch_selector)) {
    constexpr int wrong_values[] = {2, 3, -1};
    for (const int wrong : wrong_values) {
        value = static_cast<char>(wrong);
        expect_death_at_call(
            [] {
                if (arm()) {
                    selector() = value;
                    kernel_strike(0, kernel_act_syscall, __NR_getpid);
                }
            },
            Signal::syscall);
    }
}

// The kernel reads the selector under the caller's PKRU.
POSTERN_TEST("kernel.dispatch.a_selector_on_a_closed_key_is_death",
             SHOWS(kernel_dispatch_selector)) {
    pkru_at_call = pkru_with(1, Rights::none);
    expect_death_at_call(call_under_pkru, Signal::memory);
}

POSTERN_TEST("kernel.dispatch.a_selector_that_is_not_mapped_is_death",
             SHOWS(kernel_dispatch_selector)) {
    expect_death_at_call(
        [] {
            if (arm()) {
                const auto page = reinterpret_cast<uintptr_t>(&selector());
                rt::sys::call_raw(__NR_munmap, page, POSTERN_PAGE); // the last call that passes
                kernel_strike(0, kernel_act_syscall, __NR_getpid);
            }
        },
        Signal::memory);
}

POSTERN_TEST("kernel.dispatch.a_selector_on_a_read_only_key_serves",
             SHOWS(kernel_dispatch_selector)) {
    pkru_at_call = pkru_with(1, Rights::read_only);
    expect_child([] {
        call_under_pkru();
        if (has_dispatch()) {
            check_dispatched(__NR_getpid, arch_64_bit, kernel_syscall_behind);
        }
    });
}

POSTERN_TEST("kernel.dispatch.a_blocked_sigsys_is_death", SHOWS(kernel_dispatch_selector)) {
    expect_death_at_call(
        [] {
            if (arm()) {
                rt::base::must(rt::sys::set_blocked(rt::sys::SignalSet().with(Signal::syscall)),
                               "blocking SIGSYS");
                strike_blocked(kernel_act_syscall, __NR_getpid);
            }
        },
        Signal::syscall);
}

// The end of the instruction decides.
POSTERN_TEST("kernel.dispatch.a_range_is_exempt", SHOWS(kernel_dispatch_selector)) {
    expect_child([] {
        if (!arm()) {
            return;
        }
        CHILD_EQUAL(set_dispatch(PR_SYS_DISPATCH_ON, site(), 3, &selector()), 0);
        CHILD_EQUAL(strike_blocked(kernel_act_syscall, __NR_getpid), rt::sys::getpid());
        check_not_dispatched();
        CHILD_EQUAL(set_dispatch(PR_SYS_DISPATCH_ON, site(), 2, &selector()), 0);
        strike_blocked(kernel_act_syscall, __NR_getpid);
        check_dispatched(__NR_getpid, arch_64_bit, kernel_syscall_behind);
    });
}

POSTERN_TEST("kernel.dispatch.can_be_switched_off", SHOWS(kernel_dispatch_selector)) {
    expect_child([] {
        const bool armed = arm();
        CHILD_EQUAL(set_dispatch(PR_SYS_DISPATCH_OFF, 0, 0, nullptr), armed ? 0 : einval);
        CHILD_EQUAL(strike_blocked(kernel_act_syscall, __NR_getpid), rt::sys::getpid());
        check_not_dispatched();
    });
}

POSTERN_TEST("kernel.dispatch.wrong_arguments_are_refused", SHOWS(kernel_dispatch_selector)) {
    expect_child([] {
        static constinit volatile char own_selector = 0;
        const bool exists = has_dispatch();
        const auto *const nowhere = reinterpret_cast<const volatile void *>(~0ul << 12);
        CHILD_EQUAL(set_dispatch(PR_SYS_DISPATCH_OFF, 1, 0, nullptr), einval);
        CHILD_EQUAL(set_dispatch(PR_SYS_DISPATCH_OFF, 0, 0, &own_selector), einval);
        CHILD_EQUAL(set_dispatch(PR_SYS_DISPATCH_ON, 1, ~0ul, &own_selector), einval); // wraps
        CHILD_EQUAL(set_dispatch(99, 0, 0, nullptr), einval);
        CHILD_EQUAL(set_dispatch(PR_SYS_DISPATCH_ON, 0, 0, nowhere), exists ? efault : einval);
        // 2, inclusive: only a range is dispatched; from 6.17 on.
        constexpr long inclusive = 2;
        CHILD_EQUAL(set_dispatch(inclusive, 1, 1, &own_selector), is_from(6, 17) ? 0 : einval);
    });
}

POSTERN_TEST("kernel.dispatch.is_off_in_a_new_thread", SHOWS(kernel_dispatch_selector)) {
    expect_child([] {
        arm();
        run_thread([](uint32_t) {
            CHILD_EQUAL(strike_blocked(kernel_act_syscall, __NR_getpid), rt::sys::getpid());
            check_not_dispatched();
        });
    });
}

POSTERN_TEST("kernel.dispatch.is_off_in_a_forked_child", SHOWS(kernel_dispatch_selector)) {
    expect_child([] {
        arm();
        const int status = run_fork([] {
            const uint64_t answer = strike_blocked(kernel_act_syscall, __NR_getpid);
            CHILD_EQUAL(answer, rt::sys::getpid());
            check_not_dispatched();
        });
        CHILD_EQUAL(status, 0);
    });
}
