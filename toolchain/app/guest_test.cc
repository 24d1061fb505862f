/// Tests a permitted action of the guest, and a forbidden one.
#include "guest.h"
#include "tests/harness/harness.h"

namespace {

constexpr int monitor_key = 1;

POSTERN_DATA(guest) volatile uint64_t guests_word = 0;
volatile uint64_t our_word = 42;

} // namespace

POSTERN_TEST("run.guest.adds_up") {
    const uint64_t before = rt::call<Domain::guest>(add, 0ul).value_or(0);
    EXPECT_EQUAL(rt::call<Domain::guest>(add, 3ul).value_or(0), before + 3);
}

POSTERN_TEST("deny.guest.writes_its_own_memory_alone") {
    const auto own = reinterpret_cast<uint64_t>(&guests_word);
    const auto ours = reinterpret_cast<uint64_t>(&our_word);
    EXPECT(bool(rt::call<Domain::guest>(write_to, own)));
    const auto refused = rt::call<Domain::guest>(write_to, ours);
    // Signal 11 with code 4: a protection key refused the access.
    EXPECT(!refused) &&
        EXPECT_FAULT(refused.fault(), .kind = rt::FaultKind::write, .domain = Domain::guest,
                     .signal = 11, .code = 4, .address = ours, .key = monitor_key);
    EXPECT_EQUAL(our_word, 42);
}
