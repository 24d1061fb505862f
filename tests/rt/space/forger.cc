/// A domain that speaks for its stub: events that did not happen, early, without end, and at
/// random.
#include "linker/symbols.h"
#include "rt/space/mailbox.h"
#include "rt/sys/process.h"
#include "tests/harness/harness.h"
#include "tests/harness/random.h"

namespace {

using rt::FaultKind;
using rt::space::Answers;
using rt::space::Event;
using rt::space::Mailbox;

constexpr uint64_t millisecond = 1'000'000;
/// For a call that ends by itself, on a machine that is busy; for one that does not.
constexpr uint64_t long_time = 20'000 * millisecond, short_time = 30 * millisecond;

/// What the forger says: kind and first two words of an event, how often, and whether its code goes
/// on afterwards.
struct Forgery {
    uint32_t kind;
    uint32_t times; // 0: without end
    uint64_t word0, word1;
};

volatile Mailbox &mailbox() {
    return *reinterpret_cast<volatile Mailbox *>(const_cast<char *>(__mailbox_start));
}

/// Wakes the monitor by the stub's own system call, which takes any registers.
void wake_monitor() {
    long number = 202; // futex
    asm volatile("leaq 0f(%%rip), %%r15\n"
                 "jmp rt_space_stub_syscall\n"
                 "0:"
                 : "+a"(number)
                 : "D"(&mailbox().answers.sequence), "S"(1), "d"(1) // FUTEX_WAKE
                 : "rcx", "r11", "r15", "memory");
}

/// In the domain's process: writes the event as its stub would, and waits for the next order.
uint64_t forge(uint32_t kind, uint32_t times, uint64_t word0, uint64_t word1) {
    volatile Mailbox &box = mailbox();
    for (uint32_t i = 0; times == 0 || i < times; ++i) {
        const uint32_t sequence = box.orders.sequence;
        box.answers.words[0] = word0;
        box.answers.words[1] = word1;
        box.answers.kind = kind;
        box.answers.sequence = sequence;
        wake_monitor();
        while (box.orders.sequence == sequence) {
            asm volatile("pause");
        }
    }
    asm volatile("ud2"); // the end of whatever call that order begins
    __builtin_unreachable();
}

/// Scribbles over all that the process may write of its mailbox, except the stack of signals.
uint64_t scribble(uint64_t seed, uint64_t count) {
    volatile Mailbox &box = mailbox();
    harness::Random random(seed);
    auto *words = reinterpret_cast<volatile uint64_t *>(&box.answers);
    for (uint64_t i = 0; i < count; ++i) {
        const uint64_t value = random.next();
        words[random.below(i % 2 == 0 ? 9 : sizeof(Answers) / 8)] = i % 3 == 0 ? value : value % 40;
    }
    return seed;
}

/// Jumps to a byte of the stub's page with registers that may mean something there.
uint64_t jump(uint64_t offset, uint64_t seed) {
    harness::Random random(seed);
    const uint64_t meant[] = {reinterpret_cast<uint64_t>(&mailbox()),
                              reinterpret_cast<uint64_t>(&mailbox().answers),
                              reinterpret_cast<uint64_t>(rt_space_stub_begin),
                              reinterpret_cast<uint64_t>(__regions_start)};
    uint64_t registers[15];
    for (auto &value : registers) {
        const uint64_t chosen = random.next();
        value = random.below(2) == 0 ? chosen % 256 : meant[chosen % 4] + chosen / 4 % 0x2000;
    }
    asm volatile("pushq %1\n"
                 "movq %0, %%rdi\n"
                 "movq 0(%%rdi), %%rax\n"
                 "movq 8(%%rdi), %%rbx\n"
                 "movq 16(%%rdi), %%rcx\n"
                 "movq 24(%%rdi), %%rdx\n"
                 "movq 32(%%rdi), %%rsi\n"
                 "movq 40(%%rdi), %%rbp\n"
                 "movq 48(%%rdi), %%r8\n"
                 "movq 56(%%rdi), %%r9\n"
                 "movq 64(%%rdi), %%r10\n"
                 "movq 72(%%rdi), %%r11\n"
                 "movq 80(%%rdi), %%r12\n"
                 "movq 88(%%rdi), %%r13\n"
                 "movq 96(%%rdi), %%r14\n"
                 "movq 104(%%rdi), %%r15\n"
                 "movq 112(%%rdi), %%rdi\n"
                 "ret\n"
                 :
                 : "r"(registers), "r"(rt_space_stub_begin + offset)
                 : "memory");
    __builtin_unreachable();
}

uint64_t add(uint64_t a, uint64_t b) {
    return a + b;
}

constexpr rt::Entry<Domain::alice, forge> alice_forges;
constexpr rt::Entry<Domain::alice, scribble> alice_scribbles;
constexpr rt::Entry<Domain::alice, jump> alice_jumps;
constexpr rt::Entry<Domain::alice, add> alice_adds;
constexpr rt::Entry<Domain::bob, add> bob_adds;

void expect_well() {
    EXPECT_EQUAL(rt::call<Domain::bob>(bob_adds, 1ul, 2ul).value_or(0), 3);
    EXPECT_EQUAL(rt::call_within<Domain::alice>(long_time, alice_adds, 3ul, 4ul).value_or(0), 7);
}

/// The end of a call in which alice forges, within `time`; it must not take much longer.
FaultKind end_of(Forgery forgery, uint64_t time) {
    const uint64_t begin = rt::sys::monotonic_nanoseconds();
    const auto answer = rt::call_within<Domain::alice>(time, alice_forges, forgery.kind,
                                                       forgery.times, forgery.word0, forgery.word1);
    EXPECT(rt::sys::monotonic_nanoseconds() - begin < long_time);
    const FaultKind kind = answer ? FaultKind::read : answer.fault().kind;
    // A process that has claimed what a domain can have done takes the next call, as it likes. One
    // whose claim was impossible has ended.
    const auto next = rt::call_within<Domain::alice>(long_time, alice_adds, 1ul, 2ul);
    EXPECT(next.value_or(0) == 3 || (!next && kind != FaultKind::forged));
    return kind;
}

constexpr Forgery of(Event event, uint64_t word0, uint64_t word1 = 0, uint32_t times = 1) {
    return {static_cast<uint32_t>(event), times, word0, word1};
}

} // namespace

POSTERN_TEST("attack.space.forged_events", SHOWS(forged_events_are_claims), TRIES(attack_117)) {
    EXPECT(end_of(of(Event::trapped, 11, 0), long_time) == FaultKind::forged);
    EXPECT(end_of(of(Event::trapped, 11, ~uint64_t{0}), long_time) == FaultKind::forged);
    EXPECT(end_of(of(Event::trapped, 12, 0), long_time) == FaultKind::forged);
    EXPECT(end_of(of(Event::trapped, ~uint64_t{0}, 0), long_time) == FaultKind::forged);
    EXPECT(end_of(of(Event::service, 1), long_time) == FaultKind::service);
    EXPECT(end_of(of(Event::crossing, 1), long_time) == FaultKind::cross_call);
    EXPECT(end_of(of(Event::batched, 1), long_time) == FaultKind::forged);
    EXPECT(end_of(of(Event::ready, 0), long_time) == FaultKind::forged);
    EXPECT(end_of(of(Event::spawned, 1), long_time) == FaultKind::forged);
    EXPECT(end_of(of(Event::idle, 0), long_time) == FaultKind::forged);
    EXPECT(end_of(of(static_cast<Event>(77), 0), long_time) == FaultKind::forged);
    expect_well();
}

POSTERN_TEST("attack.space.answers_early_and_runs_on", SHOWS(forged_events_are_claims),
             TRIES(attack_117)) {
    const auto answer = rt::call_within<Domain::alice>(long_time, alice_forges,
                                                       uint32_t{RT_EVENT_RETURNED}, 1u, 5ul, 0ul);
    EXPECT_EQUAL(answer.value_or(0), 5);
    const auto next = rt::call_within<Domain::alice>(long_time, alice_adds, 1ul, 2ul);
    EXPECT(!next && next.fault().kind == FaultKind::illegal);
    expect_well();
}

// Each stop that it forges would be answered by an order to go on.
POSTERN_TEST("attack.space.stops_without_end", SHOWS(forged_events_are_claims), TRIES(attack_117)) {
    EXPECT(end_of(of(Event::trapped, RT_SIGNAL_STOP, 0, 0), short_time) == FaultKind::deadline);
    expect_well();
}

POSTERN_TEST("attack.space.scribbles_on_answers", SHOWS(forged_events_are_claims),
             TRIES(attack_117)) {
    const uint64_t rounds = harness::scaled(500);
    for (uint64_t round = 0; round < rounds; ++round) {
        const auto answer =
            rt::call_within<Domain::alice>(short_time, alice_scribbles, round, 200ul);
        EXPECT(answer || answer.fault().domain == Domain::alice);
        EXPECT_EQUAL(rt::call<Domain::bob>(bob_adds, round, 2ul).value_or(0), round + 2);
    }
    expect_well();
}

POSTERN_TEST("attack.space.jumps_to_every_byte_of_its_stub", SHOWS(forged_events_are_claims),
             TRIES(attack_120)) {
    uint64_t values = 0, faults = 0;
    for (uint64_t offset = 0; offset < POSTERN_PAGE; ++offset) {
        const bool is_filled = static_cast<unsigned char>(rt_space_stub_begin[offset]) == 0xcc;
        const uint64_t seeds = is_filled ? 1 : 3;
        for (uint64_t seed = 0; seed < seeds; ++seed) {
            const auto answer = rt::call_within<Domain::alice>(2 * millisecond, alice_jumps, offset,
                                                               offset * seeds + seed);
            EXPECT(answer || answer.fault().domain == Domain::alice);
            ++(answer ? values : faults);
        }
        EXPECT_EQUAL(rt::call<Domain::bob>(bob_adds, offset, 2ul).value_or(0), offset + 2);
    }
    rt::log("{} jumps ended as values, {} as faults", values, faults);
    expect_well();
}
