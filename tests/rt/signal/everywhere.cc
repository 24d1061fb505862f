/// A signal at every instruction: the image traces a child of its own, stops it by a breakpoint
/// register at each instruction of gates, trap entry, windows and syscall function, and sends the
/// signal there.
#include <asm/unistd.h>
#include <linux/signal.h>

#include "linker/symbols.h"
#include "rt/sys/call.h"
#include "rt/sys/process.h"
#include "tests/harness/harness.h"
#include "tests/rt/signal/traced.h"
#include "tests/rt/signal/work.h"

extern "C" {
/// rt/sys/call.S, rt/trap/*.S.
extern const char rt_sys_behind_syscall[];
extern const char rt_trap_entry[], rt_trap_switch[], rt_trap_return[];
extern const char rt_trap_resume_domain[], rt_trap_resume_monitor[], rt_trap_resume_end[];
extern const char rt_uaccess_copy[], rt_uaccess_open[], rt_uaccess_close[];
}

namespace {

const char *const syscall_begin = reinterpret_cast<const char *>(&rt_sys_call);

/// In the child: what is wrong ends it.
void work_for_ever() {
    static_cast<void>(rt::on_signal(rt::Signal::user1, work::handle_signal));
    while (work::round() && work::handled_wrongly() == 0) {
        traced::end_round();
    }
    rt::sys::exit(1);
}

struct Code {
    const char *begin;
    const char *end;
};

/// Instructions at which a signal came.
struct Met {
    uint64_t everywhere = 0;
    uint64_t before_proof = 0;
    uint64_t in_system_call = 0;
    uint64_t in_copy = 0;

    void count(const char *place) {
        ++everywhere;
        before_proof += place >= rt_trap_entry && place <= rt_trap_switch ? 1 : 0;
        in_system_call += place >= syscall_begin && place < rt_sys_behind_syscall ? 1 : 0;
        in_copy += place >= rt_uaccess_open && place < rt_uaccess_close ? 1 : 0;
    }
};

/// Each time that a round comes to a place counts, up to this many: a fault's handler, for example,
/// is entered from the monitor and from domains.
constexpr unsigned most_times = 4;

bool interrupt_all(traced::Child &child, Code code, Met &met) {
    for (const char *place = code.begin; place != code.end; ++place) {
        unsigned times = 0;
        while (times != most_times && child.interrupt(place, times) != 0) {
            ++times;
        }
        if (times != 0) {
            met.count(place);
        }
        if (!EXPECT(child.lives())) {
            rt::log("interrupted at {}", rt::Hex{reinterpret_cast<uint64_t>(place)});
            return false;
        }
    }
    return true;
}

constexpr uint64_t time_for_a_call = 50'000'000; // nanoseconds

bool is_armed() {
    stack_t armed{};
    rt::sys::call_raw(__NR_sigaltstack, 0, &armed);
    return armed.ss_size != 0 && (static_cast<unsigned>(armed.ss_flags) & SS_DISABLE) == 0;
}

/// In the child: a call that faults just before its end, or is cut; then one without a deadline.
void fault_for_ever() {
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

POSTERN_CALLS(rt::policy::perform(Domain::alice, __NR_clock_gettime, rt::policy::scalar(1),
                                  rt::policy::record_out(16)));
POSTERN_SERVICES(rt::provide<work::serve, work::handle_serve>(Domain::alice));

POSTERN_TEST("run.signal.at_every_instruction") {
    work::prepare();
    EXPECT(work::round());
    traced::Child child(work_for_ever);
    Met met;
    const Code codes[] = {{syscall_begin, rt_sys_behind_syscall + 1},
                          {__gate_start, __gate_end},
                          {__trap_start, __trap_end}};
    for (const Code code : codes) {
        if (!interrupt_all(child, code, met)) {
            return;
        }
    }
    rt::log("{} instructions, {} before the proof, {} in the syscall function, {} in windows",
            met.everywhere, met.before_proof, met.in_system_call, met.in_copy);
    EXPECT(met.everywhere > 200);
    EXPECT(met.in_system_call >= 3);
    EXPECT(met.in_copy > 0);
    EXPECT(met.before_proof >= 7);
}

// The way back is run from its beginning when a signal comes on it.
POSTERN_TEST("run.signal.at_every_instruction_of_the_way_back") {
    work::prepare();
    traced::Child child(work_for_ever);
    const auto in_alice = reinterpret_cast<const char *>(&work::in_alice);
    const Code domain_way{rt_trap_resume_domain, rt_trap_resume_monitor};
    const Code monitor_way{rt_trap_resume_monitor, rt_trap_resume_end};
    uint64_t met[2] = {};
    for (const char *place = domain_way.begin; place != domain_way.end && child.lives(); ++place) {
        met[0] += child.interrupt(in_alice, 0, place) == 2 ? 1 : 0;
    }
    for (const char *place = monitor_way.begin; place != monitor_way.end && child.lives();
         ++place) {
        met[1] += child.interrupt(rt_sys_behind_syscall, 0, place) == 2 ? 1 : 0;
    }
    EXPECT(child.lives());
    EXPECT_EQUAL(met[0], 14);
    EXPECT_EQUAL(met[1], 6);
}

// A signal comes before the entry has armed a stack again, another one on the way back to there:
// the stack pointer is then the slot's.
POSTERN_TEST("run.signal.a_second_one_on_the_way_back_to_the_trap_entry") {
    work::prepare();
    traced::Child child(work_for_ever);
    constexpr size_t loading_rsp = 9; // bytes of the first instruction
    const char *const on_the_slot = rt_trap_resume_monitor + loading_rsp;
    uint64_t pairs = 0;
    for (const char *first = rt_trap_entry; first != rt_trap_return && child.lives(); ++first) {
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
POSTERN_TEST("run.deadline.at_every_instruction_of_the_trap_entry") {
    traced::Child child(fault_for_ever);
    unsigned met = 0;
    for (const char *place = __trap_start; place != __trap_end && child.lives(); ++place) {
        met += child.hold(place, 2 * time_for_a_call) ? 1 : 0;
        if (!EXPECT(child.lives())) {
            rt::log("held at {}", rt::Hex{reinterpret_cast<uint64_t>(place)});
        }
    }
    EXPECT(met > 40);
}
