/// Stacks that run out: by calls, by local variables larger than any guard, and what the fault
/// says.
#include "rt/base/fault_text.h"
#include "tests/rt/trap/places.h"
#include "tests/rt/trap/whole.h"

namespace {

constexpr uint64_t kib = 1024;
constexpr uint64_t guard = 1024 * kib; // as the README says
constexpr int protection = 2, refused_by_key = 4, shared_key = 0;
constexpr const char *overflowed =
    ": alice's stack overflowed (64 KiB; STACK in postern_add_app), at";

POSTERN_BSS(alice) unsigned char alice_bytes[256 * kib];

/// Writes the lowest byte of a variable of `bytes`.
template <uint64_t bytes>
uint64_t use_local() {
    volatile unsigned char local[bytes];
    asm volatile("" : : "r"(local)); // else the compiler keeps the one byte that is used
    local[0] = 1;
    return local[0];
}

/// Calls itself `depth` times, and has work left after each call.
uint64_t descend(uint64_t depth) {
    volatile uint64_t kept = depth;
    return depth == 0 ? 0 : descend(depth - 1) + (kept == depth ? 1 : 0);
}

void fill() {
    for (auto &byte : alice_bytes) {
        byte = 0x5c;
    }
}

uint64_t count_changed() {
    uint64_t changed = 0;
    for (const auto &byte : alice_bytes) {
        changed += byte == 0x5c ? 0 : 1;
    }
    return changed;
}

constexpr rt::Entry<Domain::alice, descend> alice_descends;
constexpr rt::Entry<Domain::alice, fill> alice_fills;
constexpr rt::Entry<Domain::alice, count_changed> alice_counts;
constexpr rt::Entry<Domain::alice, use_local<16 * kib>> alice_uses_little;

bool line_has(const rt::Fault &fault, const char *part) {
    rt::Line line;
    append_to(line, fault);
    for (const char *at = line.text(); *at != '\0'; ++at) {
        size_t same = 0;
        while (part[same] != '\0' && at[same] == part[same]) {
            ++same;
        }
        if (part[same] == '\0') {
            return true;
        }
    }
    rt::log("  the line is: {}", line.text());
    return false;
}

/// A fault of alice's on the first page below her stack: nothing further away was written.
void expect_overflow(const rt::Fault &fault) {
    const uint64_t begin = places::stack_of(Domain::alice).begin;
    EXPECT_FAULT(fault, .kind = rt::FaultKind::write, .domain = Domain::alice, .signal = 11,
                 .code = refused_by_key, .address = fault.address, .key = shared_key);
    EXPECT(fault.address >= begin - POSTERN_PAGE && fault.address < begin);
    EXPECT(fault.is_stack_overflow());
    EXPECT(line_has(fault, overflowed));
}

template <uint64_t bytes>
void overflow_by_a_local() {
    constexpr rt::Entry<Domain::alice, use_local<bytes>> alice_uses;
    const auto denied = rt::call<Domain::alice>(alice_uses);
    if (EXPECT(!denied)) {
        expect_overflow(denied.fault());
    }
}

/// Whether `fault` is named `place`, and not taken for alice's need of a larger stack.
void expect_named(const rt::Fault &fault, const char *place) {
    EXPECT(!fault.is_stack_overflow());
    EXPECT(line_has(fault, place));
}

/// The same of a write, which a guard's key refuses where there are keys.
void expect_write_named(const rt::Fault &fault, const char *place) {
    rt::Line line;
    line.format("{}{}, at", rt::key::has_keys() ? "key 0, " : ": ", place).append('\0');
    expect_named(fault, line.text());
}

rt::Fault write_of(uint64_t address) {
    const auto denied = rt::call<Domain::alice>(whole::write, address);
    return EXPECT(!denied) ? denied.fault() : rt::Fault{};
}

} // namespace

POSTERN_TEST("deny.stack.overflow_by_a_large_local", SHOWS(stack_overflow_says_so)) {
    EXPECT(bool(rt::call<Domain::alice>(alice_fills)));
    EXPECT_EQUAL(rt::call<Domain::alice>(alice_uses_little).value_or(0), 1);
    overflow_by_a_local<100 * kib>();
    overflow_by_a_local<guard - POSTERN_PAGE>();
    overflow_by_a_local<3 * guard>();
    EXPECT_EQUAL(rt::call<Domain::alice>(alice_counts).value_or(1), 0);
    EXPECT_EQUAL(rt::call<Domain::alice>(alice_uses_little).value_or(0), 1);
}

POSTERN_TEST("deny.stack.recursion", SHOWS(stack_overflow_says_so)) {
    EXPECT(bool(rt::call<Domain::alice>(alice_fills)));
    EXPECT_EQUAL(rt::call<Domain::alice>(alice_descends, 100ul).value_or(0), 100);
    const auto denied = rt::call<Domain::alice>(alice_descends, ~0ul);
    if (EXPECT(!denied)) {
        expect_overflow(denied.fault());
    }
    EXPECT_EQUAL(rt::call<Domain::alice>(alice_counts).value_or(1), 0);
    EXPECT_EQUAL(rt::call<Domain::alice>(alice_descends, 100ul).value_or(0), 100);
}

// Code of another compiler may access its frame without probing first.
POSTERN_TEST("deny.stack.access_anywhere_in_the_guard_below", SHOWS(stack_overflow_says_so)) {
    const auto &stack = places::stack_of(Domain::alice);
    const uint64_t distances[] = {1, POSTERN_PAGE + 1, 100 * kib, guard - POSTERN_PAGE, guard};
    for (const uint64_t distance : distances) {
        const uint64_t address = stack.begin - distance;
        whole::deny_read({.address = address, .code = protection, .pages = 0});
        whole::deny_write(
            {.address = address, .code = refused_by_key, .key = shared_key, .pages = 0});
        const rt::Fault fault = write_of(address);
        EXPECT(fault.is_stack_overflow());
        EXPECT(line_has(fault, overflowed));
    }
    rt::Fault beyond = write_of(stack.begin - guard);
    beyond.address -= 1;
    EXPECT(!beyond.is_stack_overflow());
}

POSTERN_TEST("deny.stack.other_guards_have_their_names", SHOWS(stack_overflow_says_so)) {
    const auto &stack = places::stack_of(Domain::alice);
    expect_write_named(write_of(stack.end), "guard above alice's stack");
    expect_write_named(write_of(stack.end + guard - 1), "guard above alice's stack");
    const auto &monitors = places::region(linker::Kind::monitor_stack, POSTERN_KEY_MONITOR);
    expect_write_named(write_of(monitors.begin - 1), "monitor's stack guard");
    expect_write_named(write_of(monitors.end), "guard page");
    expect_write_named(write_of(places::data_of(Domain::alice).end), "guard page");
    // A jump there is no lack of room.
    const auto executed = rt::call<Domain::alice>(whole::execute, stack.begin - 1);
    if (EXPECT(!executed)) {
        expect_named(executed.fault(), ": alice's stack guard, at");
    }
}

POSTERN_TEST("run.stack.overflow_of_the_monitor_is_named", SHOWS(stack_overflow_says_so)) {
    void (*const bodies[])() = {[] { static_cast<void>(descend(~0ul)); },
                                [] { static_cast<void>(use_local<3 * guard>()); }};
    for (const auto body : bodies) {
        const auto end = harness::in_child(body);
        EXPECT_EQUAL(end.exit_status, 70);
        EXPECT(end.says("postern: the monitor itself: write of 0x"));
        EXPECT(end.says(": monitor's stack overflowed (256 KiB; POSTERN_MONITOR_STACK in "
                        "linker/layout.h) at 0x"));
    }
}
