/// The one signal that a child does not block, at any moment: it stops a domain, and takes no
/// order.
#include "rt/sys/process.h"
#include "tests/harness/harness.h"
#include "tests/harness/random.h"
#include "tests/rt/space/child.h"
#include "tests/rt/space/probes.h"

namespace {

using space_test::address_of;
using space_test::Child;
using space_test::Event;
using space_test::Happened;
using space_test::Order;

constexpr auto stop = static_cast<rt::sys::Signal>(RT_SIGNAL_STOP);

struct Words {
    volatile uint64_t count, end;
};

Words &words_of(const Child &child) {
    return *reinterpret_cast<Words *>(child.field().kept);
}

/// Starts a call that runs until `end` is set, and waits until it counts.
void start_counting(Child &child) {
    auto &words = words_of(child);
    words.count = 0;
    words.end = 0;
    child.start(Order::call,
                {address_of(probe_count), address_of(const_cast<uint64_t *>(&words.count)),
                 address_of(const_cast<uint64_t *>(&words.end))});
    for (int i = 0; i < 50'000'000 && words.count == 0; ++i) {
        asm volatile("pause");
    }
    EXPECT(words.count != 0);
}

bool send_stop(const Child &child) {
    return static_cast<bool>(rt::sys::send(child.process(), stop));
}

} // namespace

POSTERN_TEST("run.space.stop_of_a_domain_is_told", SHOWS(stop_takes_no_order)) {
    Child child(space_test::own_page());
    start_counting(child);
    EXPECT(send_stop(child));
    const Happened stopped = child.wait();
    EXPECT(stopped.is(Event::trapped) && stopped.words[0] == RT_SIGNAL_STOP);
    words_of(child).end = 1;
    const Happened ended = child.resume(stopped);
    EXPECT(ended.is(Event::returned) && ended.words[0] == words_of(child).count);
}

POSTERN_TEST("run.space.stopped_call_can_be_given_up", SHOWS(stop_takes_no_order)) {
    Child child(space_test::own_page());
    for (int round = 0; round < 3; ++round) { // the second finds out whether the signal is blocked
        start_counting(child);
        EXPECT(send_stop(child));
        const Happened stopped = child.wait();
        if (!EXPECT(stopped.is(Event::trapped) && stopped.words[0] == RT_SIGNAL_STOP)) {
            return;
        }
        child.frame_of(stopped).context.uc_mcontext.rip = child.here(rt_space_stub_idle);
        EXPECT(child.resume(stopped).is(Event::idle));
        EXPECT(child.call(probe_add, 1, 2, 3).is(Event::returned));
    }
}

POSTERN_TEST("run.space.stop_of_a_waiting_stub_says_nothing", SHOWS(stop_takes_no_order)) {
    Child child(space_test::own_page());
    const uint32_t spins[] = {0u, 1'000'000'000u};
    for (const uint32_t spin : spins) {
        child.box().orders.spin = spin;
        EXPECT(child.call(probe_add, 1, 2, 3).is(Event::returned));
        const uint32_t sequence = child.box().answers.sequence;
        for (int i = 0; i < 1000; ++i) {
            EXPECT(send_stop(child));
        }
        rt::sys::sleep(20'000'000); // for the last of them
        EXPECT(child.box().answers.kind == static_cast<uint32_t>(Event::returned));
        const Happened sum = child.call(probe_add, 1, 2, 3);
        EXPECT(sum.is(Event::returned) && sum.words[0] == 6);
        EXPECT_EQUAL(child.box().answers.sequence, sequence + 1);
    }
}

// Stops at random moments of calls, each answered by a RESUME. A few calls are so long that they
// are interrupted where both processes share a core, too.
POSTERN_TEST("run.space.stops_at_random_moments_change_no_result", SHOWS(stop_takes_no_order)) {
    Child child(space_test::own_page());
    harness::Random random(23);
    constexpr uint64_t long_calls = 10, long_work = 20'000'000;
    const uint64_t rounds = long_calls + harness::scaled(50'000);
    uint64_t stopped = 0, wrong = 0;
    volatile uint64_t &begun = words_of(child).count;
    for (uint64_t i = 0; i < rounds && wrong == 0; ++i) {
        child.box().orders.spin = random.below(2) == 0 ? 0 : 2000;
        const uint64_t work = i < long_calls ? long_work : random.below(5000);
        begun = 0;
        child.start(Order::call,
                    {address_of(probe_work), i, work, address_of(const_cast<uint64_t *>(&begun))});
        for (uint64_t pauses = random.below(300); pauses > 0; --pauses) {
            asm volatile("pause");
        }
        for (int naps = 0; i < long_calls && naps < 1000 && begun == 0; ++naps) {
            rt::sys::sleep(100'000);
        }
        wrong += send_stop(child) ? 0 : 1;
        Happened happened = child.wait();
        while (happened.is(Event::trapped) && happened.words[0] == RT_SIGNAL_STOP) {
            ++stopped;
            happened = child.resume(happened);
        }
        wrong += happened.is(Event::returned) && happened.words[0] == i + 1 ? 0 : 1;
    }
    EXPECT_EQUAL(wrong, 0);
    EXPECT(stopped > 0);
    rt::log("{} calls, {} of them stopped in the domain", rounds, stopped);
}
