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

} // namespace

POSTERN_TEST("attack.spaces.wake_ups_on_changing_cores", SHOWS(no_wake_up_is_lost)) {
    constexpr uint64_t second = 1'000'000'000;
    const Beside beside([] { end_program_after(in_short_and_long(300, 3000) * second); });
    const uint64_t all = cores();
    harness::Random random(3);
    uint64_t wrong = 0;
    const uint64_t calls = in_short_and_long(10'000, 1'000'000);
    for (uint64_t i = 0; i < calls; ++i) {
        if (random.below(64) == 0) {
            const uint64_t one = uint64_t{1} << random.below(64);
            run_on(0, (one & all) != 0 ? one : all);
            run_on(process_of(Domain::alice), all); // until it is called next
        }
        auto &orders = *rt::space::child_of(Domain::alice).orders;
        orders.yield = static_cast<uint32_t>(random.below(4));
        orders.spin = static_cast<uint32_t>(random.below(200));
        const auto answer = rt::call<Domain::alice>(add_in_alice, i, 2ul, 3ul);
        wrong += answer && answer.value() == i + 5 ? 0 : 1;
    }
    run_on(0, all);
    EXPECT_EQUAL(wrong, 0);
}
