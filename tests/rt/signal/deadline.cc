/// A domain that does not come to an end is cut; its caller and later calls go on.
#include <asm/unistd.h>

#include "rt/base/slot.h"
#include "rt/sys/call.h"
#include "rt/sys/process.h"
#include "tests/harness/standard_error.h"
#include "tests/rt/signal/cross_calls.h"
#include "tests/rt/signal/ticks.h"

namespace {

constexpr uint64_t millisecond = 1'000'000;
constexpr uint64_t long_time = 60'000 * millisecond;

constexpr rt::Service<1, uint64_t()> ask_bob;
constexpr rt::Service<2, void()> take_long;
constexpr rt::Service<3, uint64_t()> read_for_me;
constexpr rt::Service<4, void()> wait_for_me;

uint64_t loop_endlessly() {
    asm volatile("movl $-1, %%eax; movd %%eax, %%xmm5; 0: jmp 0b" : : : "eax", "xmm5");
    return 0;
}
POSTERN_BSS(alice) uint64_t loop_of_one;
/// Notes the address of its loop, which is one instruction.
uint64_t stay() {
    asm volatile("leaq 0f(%%rip), %%rax\n"
                 "movq %%rax, %0\n"
                 "0: jmp 0b"
                 : "=m"(loop_of_one)
                 :
                 : "rax");
    return 0;
}
uint64_t spin(uint64_t rounds) {
    for (uint64_t i = 0; i != rounds; ++i) {
        asm volatile("");
    }
    return rounds;
}
uint64_t ask() {
    return ask_bob();
}
uint64_t ask_and_go_on() {
    static_cast<void>(ask_bob());
    return loop_endlessly();
}
uint64_t ask_endlessly() {
    for (;;) {
        take_long();
    }
}
uint64_t ask_to_read() {
    return read_for_me();
}
uint64_t ask_to_wait() {
    wait_for_me();
    return 7;
}
uint64_t fault_at_once() {
    asm volatile("ud2");
    return 0;
}

constexpr rt::Entry<Domain::alice, loop_endlessly> alice_loops;
constexpr rt::Entry<Domain::alice, stay> alice_stays;
constexpr rt::Entry<Domain::alice, spin> alice_spins;
constexpr rt::Entry<Domain::alice, ask> alice_asks;
constexpr rt::Entry<Domain::alice, ask_and_go_on> alice_asks_and_goes_on;
constexpr rt::Entry<Domain::alice, ask_endlessly> alice_asks_endlessly;
constexpr rt::Entry<Domain::alice, ask_to_read> alice_asks_to_read;
constexpr rt::Entry<Domain::alice, ask_to_wait> alice_asks_to_wait;
constexpr rt::Entry<Domain::alice, fault_at_once> alice_faults;
constexpr rt::Entry<Domain::bob, loop_endlessly> bob_loops;
constexpr rt::Entry<Domain::bob, spin> bob_spins;

uint64_t bobs_time = 0; // 0: without a deadline of its own
rt::FaultKind bobs_end{};
bool was_asked = false; // for a service, since alice was called

uint64_t handle_ask_bob(Domain) {
    was_asked = true;
    const auto answer = bobs_time == 0 ? rt::call<Domain::bob>(bob_loops)
                                       : rt::call_within<Domain::bob>(bobs_time, bob_loops);
    bobs_end = answer ? rt::FaultKind::read : answer.fault().kind;
    return 7;
}
void handle_take_long(Domain) {
    rt::sys::sleep(3 * millisecond);
}

const harness::Pipe *silent = nullptr;
rt::Errno readers_error = rt::Errno::none;

uint64_t handle_read_for_me(Domain) {
    was_asked = true;
    char byte;
    const auto got = rt::sys::read(silent->reader(), &byte, 1);
    readers_error = got ? rt::Errno::none : got.error();
    return 7;
}

constexpr uint64_t long_wait = long_time; // what is not cut short takes as long

void (*waiting)() = nullptr;

void handle_wait_for_me(Domain) {
    was_asked = true;
    waiting();
}

rt::sys::Process child{};
rt::Errno waiters_error = rt::Errno::none;

template <class Answer>
bool is_cut(const Answer &answer, Domain domain) {
    return !answer && answer.fault().kind == rt::FaultKind::deadline &&
           answer.fault().domain == domain;
}

/// Calls alice with little time, and with twice as much until she has asked for a service before
/// her time was over: a machine that stalls may cut her at once.
template <class Entry>
auto call_until_she_asks(Entry entry) {
    was_asked = false;
    for (uint64_t time = 5 * millisecond;; time *= 2) {
        const auto answer = rt::call_within<Domain::alice>(time, entry);
        if (was_asked || !is_cut(answer, Domain::alice)) {
            EXPECT(was_asked);
            return answer;
        }
    }
}

void expect_nothing_left() {
    const auto &slot = rt::base::slot();
    EXPECT_EQUAL(slot.deadline, 0);
    EXPECT_EQUAL(slot.deadline_passed, 0);
    EXPECT_EQUAL(slot.gate_rsp, 0);
    EXPECT_EQUAL(slot.token, 0);
    EXPECT_EQUAL(slot.state, RT_STATE_MONITOR);
    EXPECT_EQUAL(slot.selector, RT_SELECTOR_BLOCK);
    EXPECT_EQUAL(rt::call<Domain::alice>(alice_spins, 1000ul).value_or(0), 1000);
}

/// Where a domain has an address space, a process that does not say in time where it was is ended.
bool was_ended(const rt::Fault &fault) {
    return rt::key::is_apart(fault.domain) && fault.signal == 0;
}

/// Whether the fault's line is `wanted` after the name of alice, or begins with it.
bool is_told(const rt::Fault &fault, const char *wanted, size_t bytes) {
    rt::Line line, name;
    line.format("{}", fault).append('\0');
    name.format("alice{}: ", rt::key::has_keys() && rt::key::is_apart(Domain::alice)
                                 ? " (in a process of its own)"
                                 : "");
    return __builtin_memcmp(line.text(), name.text(), name.bytes()) == 0 &&
           __builtin_memcmp(line.text() + name.bytes(), wanted, bytes) == 0;
}

} // namespace

POSTERN_SERVICES(rt::provide<ask_bob, handle_ask_bob>(Domain::alice),
                 rt::provide<take_long, handle_take_long>(Domain::alice),
                 rt::provide<read_for_me, handle_read_for_me>(Domain::alice),
                 rt::provide<wait_for_me, handle_wait_for_me>(Domain::alice));

POSTERN_TEST("run.deadline.an_endless_loop_is_cut", SHOWS(deadline_cuts_a_domain),
             TRIES(attack_65)) {
    EXPECT_EQUAL(rt::call_within<Domain::alice>(long_time, alice_spins, 5ul).value_or(0), 5);
    const auto cut = rt::call_within<Domain::alice>(5 * millisecond, alice_loops);
    if (EXPECT(is_cut(cut, Domain::alice))) {
        const rt::Fault &fault = cut.fault();
        if (was_ended(fault)) {
            return expect_nothing_left();
        }
        EXPECT_EQUAL(fault.signal,
                     rt::key::is_apart(Domain::alice) ? rt::Signal::urgent : rt::Signal::deadline);
        EXPECT(!fault.has_key && fault.address == 0);
        constexpr char wanted[] = "cut at its deadline, at 0x";
        EXPECT(is_told(fault, wanted, sizeof wanted - 1));
    }
    expect_nothing_left();
}

/// In each round that comes to the loop within its time. A second signal comes now and then before
/// the first has ended the call.
void expect_the_loops_address() {
    uint64_t time = 2 * millisecond;
    for (uint64_t rounds = harness::scaled(20'000); rounds != 0;) {
        EXPECT(bool(rt::put_user(Domain::alice, rt::Claimed::of(&loop_of_one), uint64_t{0})));
        const auto cut = rt::call_within<Domain::alice>(time, alice_stays);
        const uint64_t loop =
            rt::get_user<uint64_t>(Domain::alice, rt::Claimed::of(&loop_of_one)).value_or(0);
        if (!EXPECT(is_cut(cut, Domain::alice))) {
            return;
        }
        if (loop == 0) {
            time *= 2;
            continue;
        }
        --rounds;
        if (!was_ended(cut.fault()) && !EXPECT_EQUAL(cut.fault().registers.rip, loop)) {
            return;
        }
    }
}

POSTERN_TEST("run.deadline.names_the_loop", SHOWS(deadline_cuts_a_domain)) {
    expect_the_loops_address();
}

// Signals of the app's leave the domain between two of its instructions.
POSTERN_TEST("run.deadline.names_the_loop_among_other_signals", SHOWS(deadline_cuts_a_domain)) {
    const ticks::Ticks ticks(1000);
    expect_the_loops_address();
    EXPECT(ticks::seen() != 0);
}

// The kernel takes its mask back before the caller goes on.
POSTERN_TEST("run.deadline.leaves_no_signal_blocked", SHOWS(deadline_cuts_a_domain),
             TRIES(attack_78)) {
    EXPECT(is_cut(rt::call_within<Domain::alice>(millisecond, alice_loops), Domain::alice));
    uint64_t blocked = ~uint64_t{0};
    rt::sys::call_raw(__NR_rt_sigprocmask, 0, 0, &blocked, sizeof blocked);
    EXPECT_EQUAL(blocked, 0);
}

POSTERN_TEST("run.deadline.zero_and_infinite_timeouts", SHOWS(deadline_cuts_a_domain)) {
    EXPECT(is_cut(rt::call_within<Domain::alice>(0, alice_loops), Domain::alice));
    expect_nothing_left();
    EXPECT_EQUAL(rt::call_within<Domain::alice>(~uint64_t{0}, alice_spins, 5ul).value_or(0), 5);
    expect_nothing_left();
}

POSTERN_TEST("run.deadline.nothing_of_the_domain_comes_along", SHOWS(deadline_cuts_a_domain),
             TRIES(attack_50)) {
    EXPECT(is_cut(rt::call_within<Domain::alice>(millisecond, alice_loops), Domain::alice));
    uint32_t left;
    asm volatile("movd %%xmm5, %0" : "=r"(left));
    constexpr uint32_t of_the_domain = ~0u;
    EXPECT(rt::key::is_apart(Domain::alice) ? left != of_the_domain : left == 0); // the monitor's own, or wiped
}

POSTERN_TEST("run.deadline.a_fault_is_still_a_fault", SHOWS(deadline_cuts_a_domain)) {
    const auto faulted = rt::call_within<Domain::alice>(long_time, alice_faults);
    EXPECT(!faulted && faulted.fault().kind == rt::FaultKind::illegal);
    expect_nothing_left();
}

// The callee has no deadline of its own: the caller's holds for it too.
POSTERN_TEST("run.deadline.a_nested_call_is_cut_first", SHOWS(deadline_cuts_a_domain)) {
    bobs_time = 0;
    EXPECT(is_cut(call_until_she_asks(alice_asks), Domain::alice));
    EXPECT(bobs_end == rt::FaultKind::deadline);
    expect_nothing_left();
    bobs_end = {};
    const auto both = call_until_she_asks(alice_asks_and_goes_on);
    EXPECT(is_cut(both, Domain::alice) && bobs_end == rt::FaultKind::deadline);
    expect_nothing_left();
}

POSTERN_TEST("run.deadline.the_earlier_one_counts", SHOWS(deadline_cuts_a_domain)) {
    bobs_time = 2 * millisecond;
    EXPECT_EQUAL(rt::call_within<Domain::alice>(long_time, alice_asks).value_or(0), 7);
    EXPECT(bobs_end == rt::FaultKind::deadline);
    bobs_time = long_time;
    bobs_end = {};
    EXPECT(is_cut(call_until_she_asks(alice_asks), Domain::alice));
    EXPECT(bobs_end == rt::FaultKind::deadline);
    expect_nothing_left();
}

POSTERN_TEST("run.deadline.in_a_cross_call", SHOWS(deadline_cuts_a_domain)) {
    const auto cut = rt::call_within<Domain::alice>(5 * millisecond, cross_calls::alice_crosses);
    EXPECT(is_cut(cut, Domain::alice));
    expect_nothing_left();
}

// Nearly all of its time passes in the monitor, where no call is cut.
POSTERN_TEST("run.deadline.between_services", SHOWS(deadline_cuts_a_domain)) {
    const auto cut = rt::call_within<Domain::alice>(5 * millisecond, alice_asks_endlessly);
    EXPECT(is_cut(cut, Domain::alice));
    expect_nothing_left();
}

// A service of the app's that waits for what does not come.
POSTERN_TEST("run.deadline.a_service_that_reads_in_vain", SHOWS(deadline_cuts_a_domain)) {
    const harness::Pipe pipe;
    silent = &pipe;
    const auto cut = call_until_she_asks(alice_asks_to_read);
    EXPECT(is_cut(cut, Domain::alice));
    EXPECT(readers_error == rt::Errno::interrupted);
    expect_nothing_left();
    constexpr char wanted[] = "cut at its deadline, while the monitor served its request";
    EXPECT(is_told(cut.fault(), wanted, sizeof wanted));
}

namespace {

/// Whether alice's request is over soon after her time is.
void expect_cut_while(void (*wait)()) {
    waiting = wait;
    const uint64_t begin = rt::sys::monotonic_nanoseconds();
    EXPECT(is_cut(call_until_she_asks(alice_asks_to_wait), Domain::alice));
    EXPECT(rt::sys::monotonic_nanoseconds() - begin < long_wait / 2);
    expect_nothing_left();
}

} // namespace

POSTERN_TEST("run.deadline.a_service_that_sleeps", SHOWS(deadline_cuts_a_domain)) {
    expect_cut_while([] { rt::sys::sleep(long_wait); });
}

POSTERN_TEST("run.deadline.a_service_that_waits_for_a_child", SHOWS(deadline_cuts_a_domain)) {
    const long forked = rt::sys::call_raw(__NR_clone, rt::Signal::child);
    if (forked == 0) {
        rt::sys::sleep(long_wait);
        rt::sys::exit(0);
    }
    child = static_cast<rt::sys::Process>(forked);
    expect_cut_while([] {
        const auto ended = rt::sys::wait_for(child);
        waiters_error = ended ? rt::Errno::none : ended.error();
    });
    EXPECT(waiters_error == rt::Errno::interrupted);
    EXPECT(bool(rt::sys::send(child, rt::Signal::kill)));
    const auto ended = rt::sys::wait_for(child);
    EXPECT(bool(ended)) && EXPECT_EQUAL(ended.value().signal(), rt::Signal::kill);
}

// Calls that end at about their deadline, and after each one a call without a deadline.
POSTERN_TEST("run.deadline.a_late_signal_hits_nobody", SHOWS(deadline_cuts_a_domain)) {
    uint64_t cut = 0;
    uint64_t ended = 0;
    for (uint64_t round = harness::scaled(1'000'000); round != 0; --round) {
        const uint64_t rounds = 20'000 + round % 64 * 1000;
        const auto answer = rt::call_within<Domain::alice>(100'000, alice_spins, rounds);
        ++(answer ? ended : cut);
        EXPECT(answer ? answer.value() == rounds : is_cut(answer, Domain::alice));
        const auto next = rt::call<Domain::bob>(bob_spins, 2000ul);
        if (!EXPECT(next.value_or(0) == 2000)) {
            return;
        }
    }
    rt::log("{} cut, {} came to their end", cut, ended);
    expect_nothing_left();
}
