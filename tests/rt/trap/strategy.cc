/// The alternate stack has the key that this kernel can write frames to, and is armed.
#include "rt/trap/strategy.h"

#include <asm/unistd.h>
#include <linux/signal.h>

#include "rt/domain/tag.h"
#include "rt/sys/call.h"
#include "tests/harness/harness.h"
#include "tests/rt/domain/smaps.h"
#include "tests/rt/trap/ruin.h"

using rt::domain::AlternateStack;
using rt::trap::FrameStrategy;

namespace {

constexpr int handled[] = {4, 5, 7, 8, 11, 31};

FrameStrategy wanted_strategy() {
    const bool forced = harness::arguments().environment("POSTERN_FRAME") != nullptr;
    return harness::kernel_opens_all_keys() && !forced ? FrameStrategy::monitor_key
                                                       : FrameStrategy::frame_key;
}

struct KernelAction {
    uint64_t handler;
    uint64_t flags;
    uint64_t restorer;
    uint64_t mask;
};

constexpr rt::Entry<Domain::alice, ruin::divide> divide;

} // namespace

POSTERN_TEST("run.kernel.is_the_one_that_was_asked_for", SHOWS(kernel_rows_count_the_same)) {
    const char *wanted = harness::arguments().environment("POSTERN_KERNEL");
    const uint64_t version = wanted != nullptr ? harness::version_in(wanted) : 0;
    const uint64_t running = harness::version_in(rt::sys::kernel_release().text);
    if (version != 0) {
        EXPECT_EQUAL(running, version);
    } else { // any, or the newest
        EXPECT(running >= (wanted != nullptr ? 6013u : 5010u));
    }
}

POSTERN_TEST("run.strategy.the_probe_agrees_with_the_kernels_version",
             SHOWS(alternate_stack_key_fits_kernel)) {
    EXPECT(rt::trap::frame_strategy() == wanted_strategy());
}

POSTERN_TEST("run.strategy.the_alternate_stack_has_the_expected_key",
             SHOWS(alternate_stack_key_fits_kernel), NEEDS_KEYS("reads the key of a stack")) {
    const int wanted =
        wanted_strategy() == FrameStrategy::monitor_key ? POSTERN_KEY_MONITOR : POSTERN_KEY_FRAME;
    constexpr AlternateStack all[] = {AlternateStack::handlers, AlternateStack::first,
                                      AlternateStack::second};
    for (const auto which : all) {
        const auto stack = rt::domain::alternate_stack(0, which);
        EXPECT_EQUAL(smaps::key_at(stack.begin()), wanted);
        EXPECT_EQUAL(smaps::key_at(stack.end() - 1), wanted);
    }
}

// Two take turns, each armed for one frame.
POSTERN_TEST("run.strategy.the_alternate_stack_is_armed_before_and_after_a_fault",
             SHOWS(handlers_run_on_armed_stack), TRIES(attack_3),
             NEEDS_KEYS("faults of domains come to a handler in another process")) {
    for (int turn = 0; turn < 6; ++turn) {
        stack_t armed{};
        EXPECT_EQUAL(rt::sys::call_raw(__NR_sigaltstack, 0, &armed), 0);
        const auto which = turn % 2 == 0 ? AlternateStack::first : AlternateStack::second;
        const auto expected = rt::domain::alternate_stack(0, which);
        EXPECT_EQUAL(reinterpret_cast<uint64_t>(armed.ss_sp), expected.begin());
        EXPECT_EQUAL(armed.ss_size, expected.bytes());
        EXPECT_EQUAL(static_cast<unsigned>(armed.ss_flags), SS_AUTODISARM);
        EXPECT(!rt::call<Domain::alice>(divide));
    }
}

POSTERN_TEST("run.strategy.every_handler_is_on_the_alternate_stack_and_may_come_again",
             SHOWS(handlers_run_on_armed_stack), TRIES(attack_3)) {
    for (const int signal : handled) {
        KernelAction action{};
        EXPECT_EQUAL(rt::sys::call_raw(__NR_rt_sigaction, signal, 0, &action, 8), 0);
        EXPECT((action.flags & SA_ONSTACK) != 0 && (action.flags & SA_NODEFER) != 0);
        // No handler blocks one of these; before 6.12 each blocks all others.
        for (const int other : handled) {
            EXPECT_EQUAL(action.mask >> (other - 1) & 1, 0);
        }
        EXPECT_EQUAL(action.mask == 0, wanted_strategy() == FrameStrategy::monitor_key);
    }
}
