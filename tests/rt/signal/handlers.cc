/// The signals that can be handled, and the actions that a handler may take.
#include <asm/unistd.h>

#include "rt/base/slot.h"
#include "rt/sys/call.h"
#include "rt/sys/process.h"
#include "tests/harness/harness.h"
#include "tests/rt/signal/ticks.h"

namespace {

uint64_t one() {
    return 1;
}
constexpr rt::Entry<Domain::alice, one> alice_one;

/// Makes a system call after a while; what it answers.
uint64_t call_the_kernel(uint64_t rounds) {
    for (; rounds != 0; --rounds) {
        asm volatile("");
    }
    uint64_t number = __NR_getpid;
    asm volatile("syscall" : "+a"(number) : : "rcx", "r11", "memory");
    return number;
}
constexpr rt::Entry<Domain::alice, call_the_kernel> alice_calls_the_kernel;
POSTERN_DATA(alice) uint64_t alice_word = 0xa11ce;

volatile uint64_t last = 0;
void note(rt::Signal signal) {
    last = static_cast<uint64_t>(signal);
}

rt::Signal number(unsigned value) {
    return static_cast<rt::Signal>(value);
}

void call_alice(rt::Signal) {
    static_cast<void>(rt::call<Domain::alice>(alice_one));
}
void unblock(rt::Signal) {
    static_cast<void>(rt::sys::set_blocked({}));
    for (;;) {
        static_cast<void>(rt::sys::raise(rt::Signal::user1));
    }
}
void use_alices_memory(rt::Signal) {
    const auto got = rt::get_user<uint64_t>(Domain::alice, rt::Claimed::of(&alice_word));
    last = got.value_or(0);
}

template <void (*handler)(rt::Signal)>
void raise_with() {
    static_cast<void>(rt::on_signal(rt::Signal::user1, handler));
    static_cast<void>(rt::sys::raise(rt::Signal::user1));
}

} // namespace

POSTERN_TEST("run.signal.every_asynchronous_one", SHOWS(handler_runs_in_the_monitor),
             TRIES(attack_72)) {
    uint64_t handled = 0;
    for (unsigned value = 1; value < 64; ++value) {
        if (!rt::on_signal(number(value), note)) {
            continue;
        }
        last = 0;
        EXPECT(bool(rt::sys::raise(number(value))));
        EXPECT_EQUAL(last, value);
        ++handled;
        EXPECT(bool(rt::on_signal(number(value), nullptr)));
    }
    EXPECT_EQUAL(handled, 63 - 6 - 3);
}

POSTERN_TEST("deny.signal.reserved_and_invalid_numbers", SHOWS(handler_runs_in_the_monitor)) {
    EXPECT(bool(rt::on_signal(rt::Signal::user1, note)));
    const unsigned refused[] = {0, 4, 5, 7, 8, 9, 11, 16, 19, 31, 64, 65, 255};
    for (const unsigned value : refused) {
        const auto done = rt::on_signal(number(value), note);
        if (!EXPECT(!done && done.error() == rt::Errno::invalid)) {
            rt::log("signal {}", value);
        }
    }
}

POSTERN_TEST("run.signal.a_handler_is_taken_back", SHOWS(handler_runs_in_the_monitor)) {
    EXPECT(bool(rt::on_signal(rt::Signal::pipe, note)));
    last = 0;
    EXPECT(bool(rt::sys::raise(rt::Signal::pipe)));
    EXPECT_EQUAL(last, rt::Signal::pipe);
    EXPECT(bool(rt::on_signal(rt::Signal::pipe, nullptr)));
    last = 0;
    EXPECT(bool(rt::sys::raise(rt::Signal::pipe))); // ignored again
    EXPECT_EQUAL(last, 0);
    const auto end = harness::in_child([] {
        static_cast<void>(rt::on_signal(rt::Signal::user1, note));
        static_cast<void>(rt::on_signal(rt::Signal::user1, nullptr));
        static_cast<void>(rt::sys::raise(rt::Signal::user1));
    });
    EXPECT_EQUAL(end.signal, rt::Signal::user1);
}

POSTERN_TEST("run.signal.a_handler_reaches_a_domains_memory", SHOWS(handler_runs_in_the_monitor)) {
    last = 0;
    raise_with<use_alices_memory>();
    EXPECT_EQUAL(last, 0xa11ce);
    // Also one that interrupts an open window, which is open again afterwards.
    last = 0;
    {
        const rt::UserAccess window(Domain::alice);
        const uint64_t view = rt::base::slot().window;
        EXPECT(bool(rt::sys::raise(rt::Signal::user1)));
        EXPECT_EQUAL(last, 0xa11ce);
        EXPECT_EQUAL(rt::base::slot().window, view);
        EXPECT_EQUAL(window.get<uint64_t>(rt::Claimed::of(&alice_word)).value_or(0), 0xa11ce);
    }
    EXPECT_EQUAL(rt::base::slot().window, 0);
}

POSTERN_TEST("deny.signal.a_handler_that_calls_a_domain", SHOWS(handler_runs_in_the_monitor)) {
    EXPECT_EQUAL(harness::in_child(raise_with<note>).exit_status, 0);
    const auto end = harness::in_child(raise_with<call_alice>);
    EXPECT_EQUAL(end.exit_status, 70);
    EXPECT(
        end.says("postern: the monitor itself: a signal handler called alice: handlers may not"));
}

POSTERN_TEST("deny.signal.a_handler_that_unblocks_signals", SHOWS(handler_runs_in_the_monitor),
             TRIES(attack_61)) {
    const auto end = harness::in_child(raise_with<unblock>);
    EXPECT_EQUAL(end.exit_status, 70);
    EXPECT(end.says("postern: the monitor itself: a signal handler unblocked signals and was"));
}

// The system call that leads back to a domain leaves no way to another one.
POSTERN_TEST("deny.signal.a_system_call_after_one", SHOWS(signal_at_any_instruction),
             TRIES(attack_77)) {
    const auto denied = [](uint64_t rounds) {
        const auto answer = rt::call<Domain::alice>(alice_calls_the_kernel, rounds);
        return !answer && answer.fault().kind == rt::FaultKind::syscall &&
               answer.fault().number == __NR_getpid;
    };
    EXPECT(denied(1));
    const ticks::Ticks ticks(100);
    while (ticks::seen() < harness::scaled(20'000)) {
        if (!EXPECT(denied(50'000))) {
            return;
        }
    }
}

// A program that waits is woken by each signal, and waits on.
POSTERN_TEST("run.signal.system_calls_go_on", SHOWS(signal_at_any_instruction)) {
    const ticks::Ticks ticks(500);
    constexpr uint64_t while_waiting = 20'000'000;
    const uint64_t begin = rt::sys::monotonic_nanoseconds();
    rt::sys::sleep(while_waiting);
    EXPECT(rt::sys::monotonic_nanoseconds() - begin >= while_waiting);
    EXPECT(ticks::seen() > 0);
    const auto end = harness::in_child([] { rt::sys::sleep(while_waiting); }); // read, wait4
    EXPECT_EQUAL(end.exit_status, 0);
}
