/// The attacker wants to end the process. One way is the kernel's: before 6.12, a view that closes
/// the frame key. What must hold: there the process ends by SIGSEGV, silently, and no other way;
/// everywhere else the attack is a fault of the domain.
#include "linker/symbols.h"
#include "rt/sys/process.h"
#include "tests/attack/alternate_stacks.h"
#include "tests/attack/canaries.h"
#include "tests/attack/code.h"
#include "tests/attack/limits.h"

namespace {

using attack::Outcome;
using attack::RegisterFile;

constexpr int segmentation = 11;

/// Set before a child is made: it inherits the value.
constinit uint64_t child_rsp = 0;

/// A genuine fault with this rsp; then the monitor goes on.
bool is_contained_at(uint64_t rsp) {
    RegisterFile file = attack::hostile_file();
    file.rip = attack::address_of(attack_undefined);
    file.rsp = rsp;
    const Outcome outcome = attack::strike(file);
    return !outcome.returned && outcome.fault.kind == rt::FaultKind::illegal &&
           attack::contained(outcome, file, "alternate stack");
}

void fault_with_rsp() {
    attack::set_canaries();
    rt::sys::exit(is_contained_at(child_rsp) ? 0 : 1);
}

/// In a child, because a death is what it looks for.
void fault_all_over_the_stacks() {
    constexpr uint64_t near = 0x4000; // more than a frame
    attack::set_canaries();
    const auto stacks = attack::alternate_stacks();
    for (uint64_t rsp = stacks.begin(); rsp < stacks.end();) {
        if (!is_contained_at(rsp)) {
            rt::log("rsp {}", rt::Hex{rsp});
            rt::sys::exit(1);
        }
        const uint64_t above =
            (rsp - stacks.begin()) % (POSTERN_SLOT_STACK_SECOND - POSTERN_SLOT_STACK_FIRST);
        rsp += above < near ? 8 : 0x80;
    }
    rt::sys::exit(0);
}

bool ended_by_the_kernel(const harness::ChildEnd &end) {
    return end.signal == segmentation && end.text[0] == '\0';
}

} // namespace

// An rsp on an alternate stack could leave a frame no room there: each place is contained, each
// word near the bottom.
POSTERN_TEST("attack.limits.alternate_stack_bottom", SHOWS(alternate_stack_rsp_ends_nothing),
             TRIES(attack_59)) {
    const auto stacks = attack::alternate_stacks();
    const harness::ChildEnd end = harness::in_child(fault_all_over_the_stacks);
    if (!EXPECT_EQUAL(end.exit_status, 0)) {
        rt::log("stacks {}-{}: exit {} signal {} {}", rt::Hex{stacks.begin()},
                rt::Hex{stacks.end()}, end.exit_status, end.signal, end.text);
    }
}

// rsp just outside of the alternate stacks, or anywhere else, is no stack for the kernel.
POSTERN_TEST("attack.limits.beside_the_alternate_stack", SHOWS(handlers_run_on_armed_stack),
             TRIES(attack_59)) {
    const auto stacks = attack::alternate_stacks();
    const uint64_t others[] = {0,
                               8,
                               ~uint64_t{0},
                               stacks.begin(),
                               stacks.begin() - 8,
                               attack::address_of(__arena_start) + POSTERN_SLOT_STACK - 0x1000,
                               stacks.end(),
                               stacks.end() + 8};
    for (const uint64_t rsp : others) {
        child_rsp = rsp;
        const harness::ChildEnd end = harness::in_child(fault_with_rsp);
        EXPECT_EQUAL(end.exit_status, 0);
    }
}

namespace {

void close_frame_key() {
    attack::set_canaries();
    RegisterFile file = attack::hostile_file();
    file.rax = 0xffffffff;
    file.rip = attack::address_of(attack::nth_wrpkru(rt_gate_leave, 0));
    const Outcome outcome = attack::strike(file);
    rt::sys::exit(!outcome.returned && attack::contained(outcome, file, "frame key closed") ? 0
                                                                                            : 1);
}

} // namespace

namespace {

constexpr rt::Service<1, uint64_t()> call_back_service;

/// A service that calls its caller back, as an app may have it.
uint64_t handle_call_back(Domain) {
    return attack::fire().returned ? 1 : 0;
}

/// In a child: the attacker asks for the service, is called back, asks again, and so on, always
/// with the same stack pointer: its own stack never ends.
void call_back_without_end() {
    attack::set_canaries();
    RegisterFile file = attack::hostile_file();
    file.rip = attack::address_of(reinterpret_cast<const void *>(&rt_gate_service));
    file.rdi = decltype(call_back_service)::number;
    const Outcome outcome = attack::strike(file);
    rt::sys::exit(attack::contained(outcome, file, "endless recursion") ? 0 : 1);
}

} // namespace

POSTERN_SERVICES(rt::provide<call_back_service, handle_call_back>(Domain::alice));

// Goal: use up the monitor's stack by services that lead back to the attacker.
POSTERN_TEST("attack.limits.endless_recursion", SHOWS(endless_nesting_is_bounded),
             TRIES(attack_65)) {
    const harness::ChildEnd end = harness::in_child(call_back_without_end);
    if (!EXPECT_EQUAL(end.exit_status, 0)) {
        rt::log("exit {} signal {} {}", end.exit_status, end.signal, end.text);
    }
}

POSTERN_TEST("attack.limits.closed_frame_key", SHOWS(closed_frame_key_only_ends),
             TRIES(attack_87)) {
    const harness::ChildEnd end = harness::in_child(close_frame_key);
    if (attack::frame_key_must_be_open()) {
        EXPECT(ended_by_the_kernel(end));
    } else {
        EXPECT_EQUAL(end.exit_status, 0);
    }
}
