/// Fault after fault: no trace is left, and a fault inside the handler is the monitor's.
#include <asm/unistd.h>

#include "rt/base/pkru_values.h"
#include "rt/base/slot.h"
#include "rt/gate/last_fault.h"
#include "rt/sys/call.h"
#include "rt/sys/memory.h"
#include "tests/rt/trap/whole.h"

namespace {

constexpr rt::Entry<Domain::alice, test_ud2> alice_ud2;
constexpr rt::Entry<Domain::bob, test_syscall> bob_syscall;
constexpr rt::Entry<Domain::bob, test_divide> bob_divides;

/// The words of the slot that a call changes and puts back.
struct Words {
    uint64_t gate_rsp, state, alice_stack, bob_stack, view, selector, token;
    bool operator==(const Words &) const = default;
};

Words words_now() {
    const rt::base::Slot &slot = rt::base::slot();
    return {slot.gate_rsp,
            slot.state,
            slot.stack[rt::key::key_of(Domain::alice).raw()],
            slot.stack[rt::key::key_of(Domain::bob).raw()],
            slot.view,
            slot.selector,
            slot.token};
}

/// Resident pages of this process. [proc_pid_statm(5)]
uint64_t resident() {
    using rt::base::must;
    const auto file = must(rt::sys::open("/proc/self/statm", rt::sys::Access::read), "statm");
    char text[128] = {};
    must(rt::sys::read(file, text, sizeof text - 1), "reading statm");
    must(rt::sys::close(file), "closing statm");
    const char *digit = text;
    while (*digit != ' ' && *digit != '\0') {
        ++digit;
    }
    uint64_t pages = 0;
    while (*++digit >= '0' && *digit <= '9') {
        pages = pages * 10 + static_cast<uint64_t>(*digit - '0');
    }
    return pages;
}

/// This thread's set of blocked signals.
uint64_t blocked_signals() {
    uint64_t blocked = ~uint64_t{0};
    rt::sys::call_raw(__NR_rt_sigprocmask, 0, 0, &blocked, sizeof blocked);
    return blocked;
}

/// Four faults of different kinds and domains; false when one of them is another than it should be.
bool four_faults() {
    using Kind = rt::FaultKind;
    const auto read = rt::call<Domain::alice>(whole::read, 0ul);
    const auto ud2 = rt::call<Domain::alice>(alice_ud2, 1ul);
    const auto syscall = rt::call<Domain::bob>(bob_syscall, 1ul);
    const auto divided = rt::call<Domain::bob>(bob_divides, 0ul, 1ul);
    return !read && read.fault().kind == Kind::read && !ud2 && ud2.fault().kind == Kind::illegal &&
           !syscall && syscall.fault().kind == Kind::syscall && !divided &&
           divided.fault().kind == Kind::divide && divided.fault().domain == Domain::bob;
}

void fault_with_a_closed_record() {
    const uint64_t record = whole::address_of(rt::gate::last_fault());
    constexpr uint64_t in_page = POSTERN_PAGE - 1;
    // Only these pages: a panic may write words in the next ones.
    const auto pages = rt::base::Region::from_raw(
        record & ~in_page, (record + sizeof(rt::Fault) + in_page) & ~in_page);
    rt::sys::call_raw(__NR_alarm, 20); // a fault without end ends by this
    rt::base::must(rt::sys::pkey_mprotect(pages, rt::sys::Protection::read, POSTERN_KEY_MONITOR),
                   "closing the fault record");
    static_cast<void>(rt::call<Domain::alice>(whole::read, 0ul));
}

} // namespace

POSTERN_TEST("run.fault.back_to_back_leaves_nothing_behind",
             SHOWS(nested_and_repeated_faults, nothing_stays_of_a_fault)) {
    const Words before = words_now();
    EXPECT(four_faults());
    const uint64_t pages = resident();
    for (uint64_t round = harness::scaled(250'000); round != 0; --round) {
        if (!EXPECT(four_faults())) {
            return;
        }
    }
    EXPECT(words_now() == before);
    EXPECT_EQUAL(before.gate_rsp, 0); // no call is open
    EXPECT_EQUAL(before.token, 0);
    EXPECT_EQUAL(before.state, RT_STATE_MONITOR);
    EXPECT_EQUAL(resident(), pages);
    EXPECT_EQUAL(blocked_signals(), 0);
}

// The kernel clears DF and TF for a handler, AC and NT it leaves as the domain had them.
POSTERN_TEST("run.fault.flags_of_the_domain_end_with_it", SHOWS(nothing_stays_of_a_fault)) {
    constexpr rt::Entry<Domain::alice, test_flags> flags;
    EXPECT_EQUAL(rt::call<Domain::alice>(flags, 0ul).value_or(0), 1);
    const auto denied = rt::call<Domain::alice>(flags, 1ul);
    const uint64_t ours = __builtin_ia32_readeflags_u64();
    EXPECT_EQUAL(ours & RT_FLAGS_REFUSED, 0);
    if (EXPECT(!denied)) {
        EXPECT(denied.fault().kind == rt::FaultKind::illegal);
        EXPECT_EQUAL(denied.fault().registers.rip, reinterpret_cast<uint64_t>(test_flags_at));
        EXPECT_EQUAL(denied.fault().registers.rflags & RT_FLAGS_REFUSED, 0x44400); // AC NT DF
    }
}

// A fault between the trap entry and the gate is the monitor's own: were the state still `domain`,
// it would count as another fault of the domain, without end.
POSTERN_TEST("deny.fault.inside_the_handler_ends_the_program",
             SHOWS(handler_faults_are_the_monitors),
             NEEDS_KEYS("faults of domains come to a handler in another process")) {
    const auto fine = harness::in_child([] {
        if (rt::call<Domain::alice>(whole::read, 0ul)) {
            rt::panic("the null page could be read");
        }
    });
    EXPECT_EQUAL(fine.exit_status, 0);
    const auto end = harness::in_child(fault_with_a_closed_record);
    EXPECT_EQUAL(end.exit_status, 70);
    rt::Line wanted;
    wanted.format("postern: the monitor itself: write of {} (monitor's thread pages) at ",
                  rt::Hex{whole::address_of(rt::gate::last_fault())});
    wanted.append('\0');
    EXPECT(end.says(wanted.text()));
}
