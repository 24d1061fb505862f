/// A new thread and a forked child: how much they take over of their creator's PKRU and signal
/// state, and whether a second thread's handlers behave as the first one's.
#include "tests/kernel/experiment.h"
#include "tests/kernel/version.h"

#include <asm/unistd.h>

#include "rt/sys/call.h"

using namespace kernel;

namespace {

constexpr int own = 1;
constexpr int ss_disable = 2;
constexpr uint32_t key_0_read_only = 0x55555552; // and own open, all else closed

constinit uint32_t parents_pkru = 0;

/// [sigaltstack(2)]
stack_t present_stack() {
    stack_t stack{};
    CHILD_EQUAL(rt::sys::call_raw(__NR_sigaltstack, 0, &stack), 0);
    return stack;
}

/// Three signals under WD0 in the present thread, which has set an alternate stack.
void take_signals() {
    constexpr Signal signals[] = {Signal::memory, Signal::arithmetic, Signal::user1};
    const Region victim = map(POSTERN_PAGE);
    for (const Signal signal : signals) {
        catch_signal(signal);
        notes() = {};
        if (signal == Signal::memory) {
            kernel_strike(key_0_read_only, kernel_act_store, static_cast<long>(victim.begin()));
        } else if (signal == Signal::arithmetic) {
            kernel_strike(key_0_read_only, kernel_act_divide);
        } else {
            strike_with_signal(key_0_read_only, signal);
        }
        const Notes &seen = notes();
        CHILD_EQUAL(seen.handled, 1);
        CHILD_EQUAL(seen.signal, signal);
        CHILD_EQUAL(seen.entry_pkru, default_pkru);
        CHILD_EQUAL(seen.frame_pkru, key_0_read_only);
        CHILD_EQUAL(seen.after_pkru, key_0_read_only);
    }
}

template <int stack_key>
void take_signals_in_thread() {
    CHILD_EQUAL(take_key(), own);
    set_ways({.return_pkru = 0});
    run_thread([](uint32_t) {
        alternate_stack(stack_key);
        take_signals();
    });
}

} // namespace

POSTERN_TEST("kernel.thread.begins_with_its_creators_pkru",
             SHOWS(threads_inherit_pkru_by_accident, kernel_inheritance_of_pkru)) {
    constexpr uint32_t views[] = {default_pkru, 0x55555550, 0xfffffffc, 0};
    for (const uint32_t view : views) {
        parents_pkru = view;
        expect_child([] {
            const auto check = [](uint32_t first_pkru) {
                kernel_set_pkru(default_pkru);
                CHILD_EQUAL(first_pkru, parents_pkru);
            };
            kernel_set_pkru(parents_pkru);
            run_thread(check);
            CHILD_EQUAL(rt::key::read_pkru().raw(),
                        parents_pkru); // the thread's writes are its own
        });
    }
}

// [linux fork.c sas_ss_reset v6.12]
POSTERN_TEST("kernel.thread.has_no_alternate_stack", SHOWS(kernel_inheritance_of_pkru)) {
    expect_child([] {
        const Region stack = alternate_stack(0);
        run_thread([](uint32_t) { CHILD_EQUAL(present_stack().ss_flags, ss_disable); });
        CHILD_EQUAL(present_stack().ss_flags, 0);
        CHILD_EXPECT(present_stack().ss_sp == reinterpret_cast<void *>(stack.begin()));
    });
}

POSTERN_TEST("kernel.thread.takes_signals_under_wd0_on_an_own_key",
             SHOWS(kernel_inheritance_of_pkru)) {
    expect_child(take_signals_in_thread<own>);
}

// As in the first thread (kernel.frames): before 6.12 the frame cannot be written.
POSTERN_TEST("kernel.thread.takes_signals_under_wd0_on_key_0", SHOWS(kernel_inheritance_of_pkru)) {
    if (is_from(6, 12)) {
        expect_child(take_signals_in_thread<0>);
        return;
    }
    expect_death(run_child(take_signals_in_thread<0>), Signal::memory);
    EXPECT_EQUAL(notes().entered, 0);
}

POSTERN_TEST("kernel.fork.keeps_pkru_and_alternate_stack", SHOWS(kernel_inheritance_of_pkru)) {
    expect_child([] {
        static constinit uintptr_t begin = 0;
        begin = alternate_stack(0).begin();
        parents_pkru = pkru_with(take_key(), Rights::full, 0xaaaaaaa8);
        kernel_set_pkru(parents_pkru);
        const int status = run_fork([] {
            CHILD_EQUAL(rt::key::read_pkru().raw(), parents_pkru);
            CHILD_EQUAL(present_stack().ss_flags, 0);
            CHILD_EXPECT(present_stack().ss_sp == reinterpret_cast<void *>(begin));
            CHILD_EQUAL(take_key(), 2); // key 1 is still taken
        });
        CHILD_EQUAL(status, 0);
    });
}
