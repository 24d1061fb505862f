/// The same without a breakpoint: a timer that goes off anywhere in a round. What breakpoints meet
/// one by one it meets by chance, as a real timer would; the tracer only notes where, and prints
/// how often in which part of the runtime.
#include <asm/unistd.h>
#include <linux/time.h>

#include "linker/symbols.h"
#include "rt/sys/call.h"
#include "rt/sys/process.h"
#include "tests/harness/harness.h"
#include "tests/rt/signal/traced.h"
#include "tests/rt/signal/work.h"

extern "C" {
/// rt/sys/call.S.
extern const char rt_sys_behind_syscall[];
}

namespace {

using rt::sys::call_raw;

/// A part of the runtime, and the signals that came there.
struct Part {
    const char *name;
    const char *begin;
    const char *end;
    uint64_t signals = 0;
    uint64_t places = 0;
};
Part parts[] = {
    {"gates and windows", __gate_start, __gate_end},
    {"the trap entry", __trap_start, __trap_end},
    {"the syscall function", reinterpret_cast<const char *>(&rt_sys_call),
     rt_sys_behind_syscall + 1},
};

uint64_t signals = 0;
bool is_met[64 * POSTERN_PAGE]; // by the distance from the begin of the text

void count(const char *place) {
    ++signals;
    for (Part &part : parts) {
        if (place >= part.begin && place < part.end) {
            bool &met = is_met[place - __text_start];
            ++part.signals;
            part.places += met ? 0 : 1;
            met = true;
        }
    }
}

void set_timer(uint64_t microseconds) {
    const __kernel_old_itimerval times{{0, 0}, {0, static_cast<long>(microseconds)}};
    call_raw(__NR_setitimer, ITIMER_REAL, &times, 0);
}

const work::Round *round_now;

/// In the child: one signal in each round, at a time drawn from what a round takes.
void work_under_a_timer() {
    static_cast<void>(rt::on_signal(rt::Signal::alarm, work::handle_signal));
    uint64_t longest = 1;
    for (;;) {
        const uint64_t begin = rt::sys::monotonic_nanoseconds();
        set_timer(1 + __builtin_ia32_rdtsc() % longest);
        const bool good = round_now->run() && work::handled_wrongly() == 0;
        set_timer(0);
        if (!good) {
            rt::log("in the round {}: a wrong result, {} wrong handlers", round_now->name,
                    work::handled_wrongly());
            rt::sys::exit(1);
        }
        longest = (longest + (rt::sys::monotonic_nanoseconds() - begin) / 1000) / 2 + 1;
        traced::end_round();
    }
}

} // namespace

POSTERN_TEST("run.signal.at_jittered_times", SHOWS(signal_at_any_instruction)) {
    work::prepare();
    const uint64_t rounds_of_each = 100 + harness::scaled(4'000);
    for (const work::Round &round : work::rounds) {
        round_now = &round;
        traced::Child child(work_under_a_timer);
        for (uint64_t number = 0; number != rounds_of_each && child.lives(); ++number) {
            child.watch(rt::Signal::alarm, count);
        }
        EXPECT(child.lives());
    }
    rt::log("a jittered timer: {} signals", signals);
    for (const Part &part : parts) {
        rt::log("  {} in {}, at {} places", part.signals, part.name, part.places);
    }
    EXPECT(signals > 0);
}
