/// Chance wants a call that never ends: an answer that comes while the caller falls asleep, on
/// another core, or while it is moved between cores. No call has a time limit here, so that a lost
/// wake-up would be seen: the case would not end.
#include <asm/unistd.h>

#include "rt/sys/call.h"
#include "tests/attack/spaces/beside.h"
#include "tests/attack/spaces/hostile.h"
#include "tests/attack/spaces/process.h"

namespace {

using namespace spaces;
using rt::sys::call_raw;

/// Has a process, 0 for this one, run on the cores of the mask.
void run_on(int process, uint64_t mask) {
    constexpr long bytes = sizeof mask;
    call_raw(__NR_sched_setaffinity, static_cast<long>(process), bytes, &mask);
}

uint64_t cores() {
    uint64_t mask[128] = {};
    constexpr long bytes = sizeof mask;
    call_raw(__NR_sched_getaffinity, 0, bytes, mask);
    return mask[0];
}

/// Has this process run on one core and alice's on another one, and the monitor believe that both
/// are on its own.
bool part(uint64_t all) {
    const auto core = static_cast<uint32_t>(__builtin_ctzll(all));
    const uint64_t others = all & (all - 1);
    if (others == 0) {
        return false;
    }
    run_on(0, uint64_t{1} << core);
    run_on(process_of(Domain::alice), others);
    rt::space::child_of(Domain::alice).orders->place = core;
    return true;
}

/// Calls alice, and yields the number of wrong answers. Each side sleeps after other times.
uint64_t call_often(harness::Random &random, uint64_t calls, void (*before)(harness::Random &)) {
    uint64_t wrong = 0;
    for (uint64_t i = 0; i < calls; ++i) {
        before(random);
        auto &orders = *rt::space::child_of(Domain::alice).orders;
        orders.yield = static_cast<uint32_t>(random.below(4));
        orders.spin = static_cast<uint32_t>(random.below(200));
        const auto answer = rt::call<Domain::alice>(add_in_alice, i, 2ul, 3ul);
        wrong += answer && answer.value() == i + 5 ? 0 : 1;
    }
    return wrong;
}

constinit uint64_t all_cores = 0;

void change_cores(harness::Random &random) {
    if (random.below(64) == 0) {
        const uint64_t one = uint64_t{1} << random.below(64);
        run_on(0, (one & all_cores) != 0 ? one : all_cores);
        run_on(process_of(Domain::alice), all_cores); // until it is called next
    }
}

/// The next order comes about when the child falls asleep.
void wait_a_little(harness::Random &random) {
    for (uint64_t i = random.below(2000); i > 0; --i) {
        asm volatile("");
    }
}

constexpr uint64_t second = 1'000'000'000;

} // namespace

POSTERN_TEST("attack.spaces.wake_ups_on_changing_cores", SHOWS(no_wake_up_is_lost)) {
    const Beside beside([] { end_program_after(in_short_and_long(120, 3000) * second); });
    all_cores = cores();
    harness::Random random(3);
    EXPECT_EQUAL(call_often(random, in_short_and_long(2'000, 1'000'000), change_cores), 0);
    run_on(0, all_cores);
}

POSTERN_TEST("attack.spaces.wake_ups_between_two_cores", SHOWS(no_wake_up_is_lost)) {
    const Beside beside([] { end_program_after(in_short_and_long(120, 3000) * second); });
    all_cores = cores();
    EXPECT(all_well());
    if (!part(all_cores)) {
        return harness::skip("needs two cores");
    }
    harness::Random random(6);
    EXPECT_EQUAL(call_often(random, in_short_and_long(2'000, 1'000'000), wait_a_little), 0);
    run_on(0, all_cores);
    rt::space::bury(rt::space::child_of(Domain::alice));
}
