/// A domain that wants to outlive its deadline: each tick finds the monitor at work for it.
#include <asm/unistd.h>
#include <linux/fcntl.h>

#include "rt/domain/tag.h"
#include "rt/rt.h"
#include "rt/sys/call.h"
#include "tests/harness/standard_error.h"
#include "tests/rt/signal/cross_calls.h"
#include "tests/rt/signal/ticks.h"
#include "tests/rt/syscall/calls.h"

using namespace rt::syscall;

POSTERN_CALLS(grant(Domain::alice, __NR_nanosleep, record_in(16)),
              grant(Domain::alice, __NR_read, descriptor(), bytes_out(2), scalar()));

namespace {

using rt::sys::Descriptor;

constexpr uint64_t millisecond = 1'000'000;

POSTERN_BSS(alice) uint64_t words[7];
POSTERN_BSS(alice) uint64_t pause_for[2];
POSTERN_BSS(alice) char byte;

/// In alice: without a deadline, each would come to an end some time.
uint64_t sleep_on(uint64_t times) {
    for (uint64_t done = 0; done != times; ++done) {
        static_cast<void>(test_make_call(rt::Claimed::of(words)));
    }
    return times;
}
uint64_t cross_on(uint64_t times) {
    for (uint64_t done = 0; done != times; ++done) {
        static_cast<void>(cross_calls::to_bob(0ul));
    }
    return times;
}
uint64_t log_on(uint64_t lines) {
    static const char text[] =
        "0123456789012345678901234567890123456789012345678901234567890123456789";
    for (uint64_t done = 0; done != lines; ++done) {
        rt::log_service(rt::Claimed::of(text), sizeof text - 1);
    }
    for (;;) {
        asm volatile("");
    }
}
uint64_t spin_on(uint64_t stack, uint64_t rounds) {
    asm volatile("movq %0, %%rsp\n"
                 "0: decq %1\n"
                 "jnz 0b\n"
                 "ud2"
                 :
                 : "r"(stack), "r"(rounds));
    return 0;
}
uint64_t count_words(uint64_t begin, uint64_t end, uint64_t wanted) {
    uint64_t found = 0;
    for (uint64_t place = begin; place != end; place += sizeof wanted) {
        found += *reinterpret_cast<volatile uint64_t *>(place) == wanted ? 1 : 0;
    }
    return found;
}
constexpr rt::Entry<Domain::alice, sleep_on> sleeps_on;
constexpr rt::Entry<Domain::alice, cross_on> crosses_on;
constexpr rt::Entry<Domain::alice, log_on> logs_on;
constexpr rt::Entry<Domain::alice, spin_on> spins_on;
constexpr rt::Entry<Domain::alice, count_words> counts_words;
constexpr rt::Entry<Domain::alice, test_make_call> makes_call;

void want(uint64_t number, uint64_t a = 0, uint64_t b = 0, uint64_t c = 0) {
    const uint64_t wanted[7] = {number, a, b, c, 0, 0, 0};
    EXPECT(bool(rt::copy_to_domain(Domain::alice, rt::Claimed::of(words), wanted, sizeof wanted)));
}

template <class Outcome>
void expect_cut(const Outcome &outcome) {
    EXPECT(!outcome) && EXPECT(outcome.fault().kind == rt::FaultKind::deadline) &&
        EXPECT(outcome.fault().domain == Domain::alice);
}

} // namespace

// Goal: go on by a system call that sleeps until each tick, which finds the monitor.
POSTERN_TEST("attack.deadline.endless_system_calls", SHOWS(deadline_cuts_a_domain),
             TRIES(attack_91)) {
    const uint64_t long_enough[2] = {0, 20 * millisecond};
    EXPECT(bool(rt::copy_to_domain(Domain::alice, rt::Claimed::of(pause_for), long_enough,
                                   sizeof long_enough)));
    want(__NR_nanosleep, reinterpret_cast<uint64_t>(pause_for));
    expect_cut(rt::call_within<Domain::alice>(5 * millisecond, sleeps_on, 20ul));
    EXPECT(bool(rt::call<Domain::alice>(sleeps_on, 1ul)));
}

// Goal: go on by cross calls to bob, who does not end: each tick cuts bob.
POSTERN_TEST("attack.deadline.endless_cross_calls", SHOWS(deadline_cuts_a_domain),
             TRIES(attack_91)) {
    expect_cut(rt::call_within<Domain::alice>(5 * millisecond, crosses_on, 20ul));
}

// Goal: wait without end for a reader of standard error that does not read.
POSTERN_TEST("attack.deadline.log_that_nobody_reads", SHOWS(log_waits_for_no_reader),
             TRIES(attack_96)) {
    harness::Pipe pipe;
    pipe.fill();
    const harness::StandardError redirected(pipe.writer());
    expect_cut(rt::call_within<Domain::alice>(5 * millisecond, logs_on, 1ul));
    expect_cut(rt::call_within<Domain::alice>(5 * millisecond, logs_on, ~uint64_t{0}));
}

POSTERN_TEST("run.deadline.a_performed_call_that_waits", SHOWS(deadline_cuts_a_domain)) {
    Descriptor ends[2];
    EXPECT(rt::sys::call_raw(__NR_pipe2, ends, O_CLOEXEC) == 0);
    const auto reader = rt::grant_descriptor(Domain::alice, ends[0]);
    EXPECT(bool(reader));
    want(__NR_read, reader.value(), reinterpret_cast<uint64_t>(&byte), 1);
    expect_cut(rt::call_within<Domain::alice>(5 * millisecond, makes_call, rt::Claimed::of(words)));
    EXPECT(bool(rt::revoke_descriptor(Domain::alice, reader.value())));
    EXPECT(rt::sys::close(ends[0]) && rt::sys::close(ends[1]));
}

// Goal: the kernel takes the handlers' stack for the present one on the way back, and leaves it
// armed.
POSTERN_TEST("attack.signal.stack_pointer_on_the_handlers_stack", SHOWS(way_back_is_nobody_elses),
             TRIES(attack_94)) {
    const auto stack = rt::domain::alternate_stack(0, rt::domain::AlternateStack::handlers);
    const uint64_t middle = stack.begin() + stack.bytes() / 2;
    const ticks::Ticks ticks(1000);
    while (ticks::seen() < 5) {
        const auto ended = rt::call<Domain::alice>(spins_on, middle, 200'000ul);
        EXPECT(!ended) && EXPECT(ended.fault().kind == rt::FaultKind::illegal);
    }
    EXPECT(!rt::call<Domain::alice>(spins_on, middle, 1ul));
}

// Goal: what the monitor had in its registers when a signal came, from the stack of the frames,
// which domains reach before 6.12.
POSTERN_TEST("attack.signal.registers_left_on_the_frame_key", SHOWS(way_back_is_nobody_elses),
             TRIES(attack_95)) {
    if (rt::trap::frame_strategy() != rt::trap::FrameStrategy::frame_key ||
        rt::key::is_apart(Domain::alice)) {
        return harness::skip("no domain reaches the alternate stacks here");
    }
    const uint64_t secret = 0x5ec4e75ec4e75ec4 ^ static_cast<uint64_t>(rt::sys::getpid());
    const auto first = rt::domain::alternate_stack(0, rt::domain::AlternateStack::first);
    const auto second = rt::domain::alternate_stack(0, rt::domain::AlternateStack::second);
    const ticks::Ticks ticks(1000);
    while (ticks::seen() < 5) {
        asm volatile("movq %0, %%xmm7\n"
                     "movl $200000, %%ecx\n"
                     "0: loop 0b\n"
                     "pxor %%xmm7, %%xmm7"
                     :
                     : "r"(secret)
                     : "ecx", "xmm7");
    }
    const auto found = rt::call<Domain::alice>(counts_words, first.begin(), second.end(), secret);
    EXPECT(bool(found)) && EXPECT_EQUAL(found.value(), 0);
}
