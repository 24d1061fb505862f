/// Faults in a row: a million in one process, back to back, and nothing of the kernel's needed
/// between.
#include <asm/unistd.h>
#include <linux/filter.h>
#include <linux/prctl.h>
#include <linux/seccomp.h>

#include "rt/sys/call.h"
#include "rt/sys/process.h"
#include "rt/sys/signal.h"
#include "rt/trap/strategy.h"
#include "tests/harness/harness.h"
#include "tests/rt/trap/ruin.h"
#include "tests/rt/trap/steady.h"

namespace {

volatile uint64_t monitors_word = 1;
POSTERN_BSS(bob) uint64_t bobs_word;

uint64_t trespass() {
    return monitors_word;
}
void spoil() {
    *reinterpret_cast<volatile uint64_t *>(&bobs_word) = 1;
}
void no_instruction() {
    asm volatile("ud2");
}
uint64_t one() {
    return 1;
}

constexpr rt::Entry<Domain::alice, ruin::divide> divide;
constexpr rt::Entry<Domain::alice, trespass> alice_trespasses;
constexpr rt::Entry<Domain::alice, spoil> alice_spoils;
constexpr rt::Entry<Domain::bob, no_instruction> bob_derails;
constexpr rt::Entry<Domain::bob, one> bob_works;

bool ends_as(const rt::Result<uint64_t, rt::Fault> &result, rt::FaultKind kind) {
    return !result && result.fault().kind == kind && result.fault().domain == Domain::alice;
}

/// One of the two faults of S0, by turns.
bool fault_once(uint64_t turn) {
    if (turn % 2 == 0) {
        return ends_as(rt::call<Domain::alice>(divide), rt::FaultKind::divide);
    }
    return ends_as(rt::call<Domain::alice>(alice_trespasses), rt::FaultKind::read);
}

void expect_division(const rt::Result<uint64_t, rt::Fault> &result) {
    EXPECT(!result) &&
        EXPECT_FAULT(result.fault(), .kind = rt::FaultKind::divide, .domain = Domain::alice,
                     .signal = 8, .code = 1, .address = result.fault().registers.rip);
}

constexpr uint32_t system_call_number = 0; // offset in struct seccomp_data

/// Lets this process do nothing but end and arm its alternate stack, which every frame disarms
/// (rt/trap/arm.h); `answered` is answered with 0 and not made, where it is a number.
/// Everything else kills. [seccomp(2)]
void allow_only_the_end(int answered) {
    sock_filter filter[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, system_call_number),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_exit_group, 1, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_sigaltstack, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<uint32_t>(answered), 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
    };
    const sock_fprog program{sizeof filter / sizeof filter[0], filter};
    rt::sys::call_raw(__NR_prctl, PR_SET_NO_NEW_PRIVS, 1);
    if (rt::sys::call_raw(__NR_prctl, PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0) {
        rt::sys::exit(2);
    }
}

void take_faults_without_another_call() {
    // Before 6.12 the handlers mask what is asynchronous, which the runtime takes back: a request
    // that is only pretended to be served here.
    const bool strong = rt::trap::frame_strategy() == rt::trap::FrameStrategy::monitor_key;
    allow_only_the_end(strong ? -1 : __NR_rt_sigprocmask);
    for (uint64_t turn = 0; turn < 100; ++turn) {
        // The same signal twice, then the other one twice.
        if (!fault_once(turn / 2)) {
            rt::sys::exit(1);
        }
    }
    rt::sys::exit(0);
}

} // namespace

POSTERN_TEST("run.faults.a_million_in_one_process", SHOWS(million_faults_contained)) {
    EXPECT(fault_once(0) && fault_once(1)); // touches what they need
    const steady::State before = steady::now();
    const uint64_t count = harness::scaled(1'000'000);
    uint64_t contained = 0;
    for (uint64_t turn = 0; turn < count; ++turn) {
        contained += fault_once(turn);
    }
    EXPECT_EQUAL(contained, count);
    steady::expect_same(before, steady::now());
    EXPECT_EQUAL(rt::call<Domain::bob>(bob_works).value_or(0), 1);
}

POSTERN_TEST("run.faults.back_to_back", SHOWS(nested_and_repeated_faults)) {
    EXPECT(fault_once(0) && fault_once(1) && !rt::call<Domain::bob>(bob_derails)); // touches all
    const steady::State before = steady::now();
    const auto first = rt::call<Domain::alice>(divide);
    const auto second = rt::call<Domain::alice>(divide);
    const auto third = rt::call<Domain::alice>(alice_spoils);
    const auto fourth = rt::call<Domain::bob>(bob_derails);
    const auto fifth = rt::call<Domain::alice>(alice_trespasses);
    const steady::State after = steady::now();
    expect_division(first);
    expect_division(second);
    EXPECT(!third) &&
        EXPECT_FAULT(third.fault(), .kind = rt::FaultKind::write, .domain = Domain::alice,
                     .signal = 11, .code = 4, .address = reinterpret_cast<uint64_t>(&bobs_word),
                     .key = static_cast<int>(rt::key::key_of(Domain::bob).raw()));
    EXPECT(!fourth) &&
        EXPECT_FAULT(fourth.fault(), .kind = rt::FaultKind::illegal, .domain = Domain::bob,
                     .signal = 4, .code = 2, .address = fourth.fault().registers.rip);
    EXPECT(!fifth) &&
        EXPECT_FAULT(fifth.fault(), .kind = rt::FaultKind::read, .domain = Domain::alice,
                     .signal = 11, .code = 4, .address = reinterpret_cast<uint64_t>(&monitors_word),
                     .key = POSTERN_KEY_MONITOR);
    steady::expect_same(before, after);
}

POSTERN_TEST("run.faults.leave_no_signal_blocked", SHOWS(faults_need_no_sigprocmask),
             TRIES(attack_61)) {
    EXPECT(fault_once(0) && fault_once(1));
    EXPECT_EQUAL(steady::thread_state().blocked, 0);
}

// Before 6.12 the handler's mask is taken back after each fault; the monitor's own must not go with
// it.
POSTERN_TEST("run.faults.leave_the_monitors_own_mask", SHOWS(faults_need_no_sigprocmask),
             TRIES(attack_78)) {
    const auto own = rt::sys::SignalSet().with(rt::sys::Signal::user1);
    EXPECT(bool(rt::sys::set_blocked(own)));
    EXPECT(fault_once(0) && fault_once(1));
    EXPECT_EQUAL(steady::thread_state().blocked, own.bits);
    EXPECT(bool(rt::sys::set_blocked({})));
    EXPECT(fault_once(0) && fault_once(1));
    EXPECT_EQUAL(steady::thread_state().blocked, 0);
}

POSTERN_TEST("run.faults.need_no_call_but_to_arm_the_alternate_stack",
             SHOWS(faults_need_no_sigprocmask), NEEDS_KEYS("a wait for another process is a call")) {
    const auto end = harness::in_child(take_faults_without_another_call);
    EXPECT_EQUAL(end.exit_status, 0);
    // The filter works: a call that it does not allow is the end.
    const auto control = harness::in_child([] {
        allow_only_the_end(-1);
        rt::sys::getpid();
    });
    EXPECT_EQUAL(control.signal, 31);
}
