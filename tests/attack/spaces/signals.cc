/// Signals of a process of a domain's: those that it takes, those that it claims, and the stop,
/// which comes when nobody has asked for it. What must hold: a claimed signal that no instruction
/// makes ends its process, a stop changes no result, and an honest process survives its deadline.
#include <asm/signal.h>
#include <asm/unistd.h>
#include <linux/resource.h>

#include "rt/sys/call.h"
#include "rt/sys/process.h"
#include "rt/trap/frame.h"
#include "tests/attack/spaces/beside.h"
#include "tests/attack/spaces/hostile.h"
#include "tests/attack/spaces/process.h"

namespace {

using rt::FaultKind;
using rt::space::Answers;
using rt::sys::call_raw;
using namespace spaces;

constexpr uint64_t milliseconds = 1'000'000, long_time = 2000 * milliseconds;
constexpr uint64_t stop = RT_SIGNAL_STOP;
constexpr int last_signal = 64;

bool is_of_an_instruction(uint64_t signal) {
    return signal != 0 && signal <= last_signal &&
           rt::sys::synchronous_signals.has(static_cast<rt::sys::Signal>(signal));
}

/// In alice's child: says that `signal` came, with a frame of it where the kernel would write one.
void claim_signal(uint64_t signal) {
    auto &answers = *reinterpret_cast<volatile Answers *>(rt::space::answers_in_child());
    const uint64_t place = rt::space::answers_in_child() + offsetof(Answers, signal_stack) + 0x1000;
    auto &frame = *reinterpret_cast<volatile rt::trap::Frame *>(place);
    frame.info.si_signo = static_cast<int>(signal);
    answers.words[0] = signal;
    answers.words[1] = place;
    answers.kind = RT_EVENT_TRAPPED;
    reinterpret_cast<void (*)()>(address_of(rt_space_stub_post))(); // and wakes the monitor
}
constexpr rt::Entry<Domain::alice, claim_signal> claim_signal_entry;

/// Runs for a while, in which a stop meets the domain's code and not the stub.
uint64_t work(uint64_t rounds) {
    for (uint64_t i = 0; i < rounds; ++i) {
        asm volatile("pause");
    }
    return rounds;
}
constexpr rt::Entry<Domain::alice, work> work_in_alice;

/// The bits of the signals of instructions, and the stop's.
uint64_t taken_signals() {
    uint64_t bits = uint64_t{1} << (stop - 1);
    for (uint64_t signal = 1; signal <= last_signal; ++signal) {
        bits |= is_of_an_instruction(signal) ? uint64_t{1} << (signal - 1) : 0;
    }
    return bits;
}

} // namespace

POSTERN_TEST("attack.spaces.signals_that_no_instruction_makes", SHOWS(forged_events_are_claims),
             TRIES(attack_117)) {
    uint64_t forged = 0, believed = 0;
    for (uint64_t signal = 0; signal < 2 * last_signal; ++signal) {
        if (signal == stop) {
            continue; // answered by an order to go on
        }
        const auto answer = rt::call_within<Domain::alice>(long_time, claim_signal_entry, signal);
        if (!EXPECT(!answer)) {
            continue;
        }
        const bool is_forged = answer.fault().kind == FaultKind::forged;
        EXPECT_EQUAL(is_forged, !is_of_an_instruction(signal));
        ++(is_forged ? forged : believed);
    }
    rt::log("{} signals were forged, {} those of instructions", forged, believed);
    EXPECT(all_well());
}

// Each comes while nothing has passed its deadline: one that was late, or another process's.
POSTERN_TEST("attack.spaces.stops_that_were_not_asked_for", SHOWS(stop_takes_no_order),
             TRIES(attack_118)) {
    EXPECT(all_well());
    volatile uint64_t *sent = &rt::space::child_of(rt::no_domain).orders->unused_to_list[0];
    *sent = 0;
    const long process = process_of(Domain::alice);
    const uint64_t count = in_short_and_long(300, 20'000);
    const Beside beside([=] {
        for (;;) {
            sleep(milliseconds / 20);
            *sent = *sent + (send(process, stop) == 0 ? 1 : 0);
        }
    });
    uint64_t calls = 0, good = 0;
    for (; *sent < count && good == calls; ++calls) {
        const uint64_t rounds = 50'000 + calls; // most stops meet the domain's code
        good += rt::call<Domain::alice>(work_in_alice, rounds).value_or(0) == rounds ? 1 : 0;
    }
    rt::log("{} stops, {} calls", *sent, calls);
    EXPECT_EQUAL(good, calls);
    EXPECT_EQUAL(process_of(Domain::alice), process);
}

POSTERN_TEST("run.spaces.deadline_leaves_an_honest_process", SHOWS(stop_takes_no_order)) {
    EXPECT(all_well());
    uint64_t left = 0;
    for (int i = 0; i < 20; ++i) { // a busy machine may not let it answer in its time
        const int before = process_of(Domain::alice);
        const auto answer = rt::call_within<Domain::alice>(milliseconds, spin_in_alice);
        EXPECT(!answer && answer.fault().kind == FaultKind::deadline);
        left += process_of(Domain::alice) == before ? 1 : 0;
        EXPECT(all_well());
    }
    rt::log("{} of 20 processes were left", left);
    EXPECT(left > 0);
}

POSTERN_TEST("run.spaces.processes_have_given_up_what_they_could",
             SHOWS(processes_of_domains_give_up)) {
    EXPECT(all_well());
    constexpr uint64_t never_blocked = uint64_t{1} << 8 | uint64_t{1} << 18; // SIGKILL, SIGSTOP
    const int processes[] = {zygote(), process_of(Domain::alice), process_of(Domain::bob)};
    for (const int process : processes) {
        const uint64_t blocked = in_status(process, "SigBlk:");
        EXPECT_EQUAL(blocked, ~(taken_signals() | never_blocked));
        EXPECT_EQUAL(in_status(process, "SigCgt:") & ~blocked, taken_signals());
        EXPECT_EQUAL(in_status(process, "NoNewPrivs:"), 1);
        EXPECT_EQUAL(in_status(process, "Seccomp:"), 2);
        constexpr long limits[] = {RLIMIT_CORE, RLIMIT_FSIZE, RLIMIT_MEMLOCK, RLIMIT_MSGQUEUE,
                                   RLIMIT_SIGPENDING};
        for (const long limit : limits) {
            rlimit64 found{1, 1};
            EXPECT_EQUAL(call_raw(__NR_prlimit64, process, limit, 0, &found), 0);
            EXPECT_EQUAL(found.rlim_cur + found.rlim_max, 0);
        }
    }
}

// One that nested would use up the signal stack. The program is stopped meanwhile, so that the
// handler of the first one waits for an order.
POSTERN_TEST("run.spaces.stops_do_not_nest", SHOWS(stop_takes_no_order)) {
    EXPECT(all_well());
    volatile uint64_t *is_blocked = &rt::space::child_of(rt::no_domain).orders->unused_to_list[0];
    *is_blocked = 0;
    const long program = rt::sys::getpid();
    const int process = process_of(Domain::alice);
    const Beside beside([=] {
        constexpr long sigstop = 19, sigcont = 18;
        sleep(20 * milliseconds);
        send(program, sigstop);
        send(static_cast<long>(process), stop);
        for (int i = 0; i < 1000 && *is_blocked == 0; ++i) {
            sleep(milliseconds);
            *is_blocked = in_status(process, "SigBlk:") >> (stop - 1) & 1;
        }
        send(program, sigcont);
    });
    const auto answer = rt::call_within<Domain::alice>(200 * milliseconds, spin_in_alice);
    EXPECT(!answer && answer.fault().kind == FaultKind::deadline);
    EXPECT_EQUAL(*is_blocked, 1);
    EXPECT(all_well());
}
