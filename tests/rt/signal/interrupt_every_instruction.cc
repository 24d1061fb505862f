/// A signal at every instruction: the image traces a child of its own, stops it by a breakpoint
/// register at each byte of gates, trap entry, windows and syscall function that the work's rounds
/// come to (work.h), and sends the signal there; the interrupted round must end as ever. The places
/// are printed, and the script every_instruction holds them against the disassembly: an instruction
/// that was not met is in the table never_met with its reason, or the test fails.
#include <asm/unistd.h>
#include <linux/signal.h>

#include "linker/symbols.h"
#include "rt/entry/service_table.h"
#include "rt/sys/call.h"
#include "rt/sys/process.h"
#include "tests/harness/harness.h"
#include "tests/rt/signal/places.h"
#include "tests/rt/signal/traced.h"
#include "tests/rt/signal/work.h"

extern "C" {
/// rt/sys/call.S, rt/trap/resume.S.
extern const char rt_sys_behind_syscall[];
extern const char rt_trap_resume_domain[], rt_trap_resume_monitor[], rt_trap_resume_end[];
}

namespace {

const char *const syscall_begin = reinterpret_cast<const char *>(&rt_sys_call);

const work::Round *round_now;

/// In the child: what is wrong ends it.
void repeat_rounds() {
    static_cast<void>(rt::on_signal(rt::Signal::user1, work::handle_signal));
    while (round_now->run() && work::handled_wrongly() == 0) {
        traced::end_round();
    }
    rt::log("in the round {}: a wrong result, {} wrong handlers", round_now->name,
            work::handled_wrongly());
    rt::sys::exit(1);
}

struct Code {
    const char *begin;
    const char *end;
};
const Code all_code[] = {{syscall_begin, rt_sys_behind_syscall + 1},
                         {__gate_start, __gate_end},
                         {__trap_start, __trap_end}};

/// Each time that a round comes to a place counts, up to a number: a fault's handler, for example,
/// is entered from the monitor and from domains. Whether the child lives on.
bool interrupt_at(traced::Child &child, const char *place) {
    unsigned times = 0;
    while (times != round_now->most_times && child.interrupt(place, times) != 0) {
        ++times;
    }
    if (times != 0) {
        places::note(place);
    }
    if (!EXPECT(child.lives())) {
        rt::log("interrupted at {}, in the round {}", rt::Hex{reinterpret_cast<uint64_t>(place)},
                round_now->name);
    }
    return child.lives();
}

bool interrupt_all(traced::Child &child, Code code) {
    for (const char *place = code.begin; place < code.end && child.lives(); place += 4) {
        const unsigned met = child.comes_to(place);
        for (unsigned byte = 0; byte != 4; ++byte) {
            if ((met >> byte & 1) != 0 && !interrupt_at(child, place + byte)) {
                return false;
            }
        }
    }
    return EXPECT(child.lives());
}

constexpr uint64_t time_for_a_call = 50'000'000; // nanoseconds

bool is_armed() {
    stack_t armed{};
    rt::sys::call_raw(__NR_sigaltstack, 0, &armed);
    return armed.ss_size != 0 && (static_cast<unsigned>(armed.ss_flags) & SS_DISABLE) == 0;
}

/// In the child: a call that faults just before its end, or is cut; then one without a deadline.
void repeat_faults() {
    for (;;) {
        const auto timed = rt::call_within<Domain::alice>(time_for_a_call, work::alice_faults);
        const bool is_fault = !timed && (timed.fault().kind == rt::FaultKind::illegal ||
                                         timed.fault().kind == rt::FaultKind::deadline);
        const bool good = is_fault && is_armed();
        const auto plain = rt::call<Domain::alice>(work::alice_faults);
        if (!good || plain || plain.fault().kind != rt::FaultKind::illegal || !is_armed()) {
            rt::sys::exit(1);
        }
        traced::end_round();
    }
}

} // namespace

POSTERN_CALLS(rt::syscall::grant(Domain::alice, __NR_clock_gettime, rt::syscall::scalar(1),
                                 rt::syscall::record_out(16)));
POSTERN_SERVICES(rt::provide<work::serve, work::handle_serve>(Domain::alice),
                 rt::provide<work::serve_double, work::handle_double>(rt::Callers(Domain::alice) |
                                                                      Domain::carol));
POSTERN_CROSS_CALLS(work::to_bob, work::to_carol, work::carol_to_bob);

POSTERN_TEST("run.signal.at_every_instruction", SHOWS(signal_at_any_instruction),
             TRIES(attack_28, attack_72)) {
    work::prepare();
    places::print_patched();
    for (const work::Round &round : work::rounds) {
        round_now = &round;
        EXPECT(round.run());
        traced::Child child(repeat_rounds);
        for (const Code code : all_code) {
            if (!interrupt_all(child, code)) {
                return;
            }
        }
    }
    places::print_met();
}

// The way back is run from its beginning when a signal comes on it; one that comes in the entry of
// the first, or up to the return from its handler, waits for that.
POSTERN_TEST("run.signal.at_every_instruction_of_the_way_back", SHOWS(signal_at_any_instruction),
             TRIES(attack_28)) {
    work::prepare();
    round_now = work::rounds;
    traced::Child child(repeat_rounds);
    const char *const firsts[] = {reinterpret_cast<const char *>(&work::in_alice),
                                  rt_sys_behind_syscall};
    const Code ways[] = {{rt_trap_resume_domain, rt_trap_resume_monitor},
                         {rt_trap_resume_monitor, rt_trap_resume_end}};
    uint64_t met[2] = {};
    for (const char *place = __trap_start; place != __trap_end && child.lives(); ++place) {
        for (unsigned from = 0; from != 2; ++from) {
            if (child.interrupt(firsts[from], 0, place) == 2) {
                places::note(place);
                met[from] += place >= ways[from].begin && place < ways[from].end ? 1 : 0;
            }
        }
    }
    EXPECT(child.lives());
    EXPECT_EQUAL(met[0], 14);
    EXPECT_EQUAL(met[1], 6);
    places::print_met();
}

// A signal comes before the entry has armed a stack again, another one on the way back to there:
// the stack pointer is then the slot's.
POSTERN_TEST("run.signal.a_second_one_on_the_way_back_to_the_trap_entry",
             SHOWS(signal_at_any_instruction)) {
    work::prepare();
    round_now = work::rounds;
    traced::Child child(repeat_rounds);
    constexpr size_t loading_rsp = 9; // bytes of the first instruction
    const char *const on_the_slot = rt_trap_resume_monitor + loading_rsp;
    uint64_t pairs = 0;
    for (const char *first = __trap_start; first != rt_trap_resume_domain && child.lives();
         ++first) {
        for (unsigned times = 0; times != 3 && child.lives(); ++times) {
            const unsigned met = child.interrupt(first, times, on_the_slot);
            pairs += met == 2 ? 1 : 0;
            if (met == 0) {
                break;
            }
        }
    }
    EXPECT(child.lives());
    EXPECT(pairs > 50);
}

// A call whose time ends while its fault is being taken is over, and the next one finds an armed
// alternate stack.
POSTERN_TEST("run.deadline.at_every_instruction_of_the_trap_entry", SHOWS(deadline_cuts_a_domain)) {
    traced::Child child(repeat_faults);
    unsigned met = 0;
    for (const char *place = __trap_start; place != __trap_end && child.lives(); ++place) {
        met += child.hold(place, 2 * time_for_a_call) ? 1 : 0;
        if (!EXPECT(child.lives())) {
            rt::log("held at {}", rt::Hex{reinterpret_cast<uint64_t>(place)});
        }
    }
    EXPECT(met > 40);
}
