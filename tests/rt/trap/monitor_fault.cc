/// A fault of the monitor, in any of its code, is not a Fault of a domain: the program ends, and
/// says why.
#include <asm/unistd.h>

#include "rt/gate/last_fault.h"
#include "rt/sys/call.h"
#include "rt/sys/memory.h"
#include "tests/harness/harness.h"
#include "tests/rt/trap/ruin.h"

namespace {

inline constexpr rt::Service<1, uint64_t(uint64_t)> halve;

uint64_t ask(uint64_t divisor) {
    return halve(divisor);
}

constexpr rt::Entry<Domain::alice, ask> alice_asks;
constexpr rt::Entry<Domain::alice, ruin::divide> alice_divides;

/// The app's trusted code that believes its caller.
uint64_t handle_halve(Domain /*caller*/, uint64_t divisor) {
    return divisor == 0 ? ruin::divide() : 84 / divisor;
}

/// In a child: ends it, should it not end by itself.
void limit_time() {
    constexpr int seconds = 20;
    rt::sys::call_raw(__NR_alarm, seconds);
}

/// Makes the page on which the trap handler records a domain's fault read-only.
void close_fault_record() {
    const uintptr_t page =
        reinterpret_cast<uintptr_t>(&rt::gate::last_fault()) & ~uintptr_t{POSTERN_PAGE - 1};
    static_cast<void>(rt::sys::pkey_mprotect(rt::base::Region::from_raw(page, page + POSTERN_PAGE),
                                             rt::sys::Protection::read, POSTERN_KEY_MONITOR));
}

} // namespace

POSTERN_SERVICES(rt::provide<halve, handle_halve>(Domain::alice));

POSTERN_TEST("run.monitor_fault.ends_the_program", SHOWS(handler_faults_are_the_monitors)) {
    const auto end = harness::in_child([] {
        limit_time();
        ruin::divide();
    });
    EXPECT_EQUAL(end.exit_status, 70);
    EXPECT(end.says("postern: the monitor itself: division by zero or overflow at 0x"));
}

POSTERN_TEST("run.monitor_fault.in_a_service_is_not_the_callers",
             SHOWS(handler_faults_are_the_monitors)) {
    EXPECT_EQUAL(rt::call<Domain::alice>(alice_asks, 2ul).value_or(0), 42);
    const auto end = harness::in_child([] {
        limit_time();
        // Were it taken for alice's, the child would go on and end with 0.
        static_cast<void>(rt::call<Domain::alice>(alice_asks, 0ul));
    });
    EXPECT_EQUAL(end.exit_status, 70);
    EXPECT(end.says("postern: the monitor itself: division by zero or overflow at 0x"));
}

POSTERN_TEST("run.monitor_fault.in_the_trap_handler_is_not_the_domains",
             SHOWS(handler_faults_are_the_monitors),
             NEEDS_KEYS("faults of domains come to a handler in another process")) {
    const auto contained = rt::call<Domain::alice>(alice_divides);
    EXPECT(!contained && contained.fault().domain == Domain::alice);
    const auto end = harness::in_child([] {
        limit_time();
        close_fault_record();
        static_cast<void>(rt::call<Domain::alice>(alice_divides));
    });
    EXPECT_EQUAL(end.exit_status, 70);
    EXPECT(end.says("postern: the monitor itself: write of 0x"));
    EXPECT(end.says("(monitor's thread pages) at 0x"));
}
