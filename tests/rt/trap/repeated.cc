/// Fault after fault: what a fault leaves behind, and whose fault one inside the handler is.
#include "rt/base/slot.h"
#include "rt/gate/last_fault.h"
#include "rt/sys/memory.h"
#include "tests/rt/trap/whole.h"

namespace {

constexpr rt::Entry<Domain::alice, test_ud2> alice_ud2;
constexpr rt::Entry<Domain::bob, test_syscall> bob_syscall;
constexpr rt::Entry<Domain::bob, test_divide> bob_divides;

/// The words of the slot that a call changes and puts back.
struct Words {
    uint64_t grsp, state, alice_stack, bob_stack, view, selector, token;
    bool operator==(const Words &) const = default;
};

Words words_now() {
    const rt::base::Slot &slot = rt::base::slot();
    return {slot.grsp,
            slot.state,
            slot.stack[static_cast<unsigned>(Domain::alice)],
            slot.stack[static_cast<unsigned>(Domain::bob)],
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
    const uint64_t page = record & ~uint64_t{POSTERN_PAGE - 1};
    const auto pages = rt::base::Region::from_raw(page, page + 2 * POSTERN_PAGE);
    rt::base::must(rt::sys::pkey_mprotect(pages, rt::sys::Protection::read, POSTERN_KEY_MONITOR),
                   "closing the fault record");
    static_cast<void>(rt::call<Domain::alice>(whole::read, 0ul));
}

} // namespace

POSTERN_TEST("run.fault.back_to_back_leaves_nothing_behind") {
    EXPECT(four_faults());
    const Words before = words_now();
    const uint64_t pages = resident();
    for (uint64_t round = harness::scaled(250'000); round != 0; --round) {
        if (!EXPECT(four_faults())) {
            return;
        }
    }
    EXPECT(words_now() == before);
    EXPECT_EQUAL(before.token, 0);
    EXPECT_EQUAL(before.state, RT_STATE_MONITOR);
    EXPECT_EQUAL(resident(), pages);
}

// A fault between the trap entry and the gate is the monitor's own: were the state still `domain`,
// it would count as another fault of the domain, without end.
POSTERN_TEST("deny.fault.inside_the_handler_ends_the_program") {
    const auto fine = harness::in_child([] {
        if (rt::call<Domain::alice>(whole::read, 0ul)) {
            rt::panic("the null page could be read");
        }
    });
    EXPECT_EQUAL(fine.exit_status, 0);
    const auto end = harness::in_child(fault_with_a_closed_record);
    EXPECT_EQUAL(end.exit_status, 70);
    rt::Line wanted;
    wanted.format("postern: the monitor itself: write of {} (monitor's data) at ",
                  rt::Hex{whole::address_of(rt::gate::last_fault())});
    wanted.append('\0');
    EXPECT(end.says(wanted.text()));
}
