/// The attacker wants to end the process. Two ways are the kernel's: a stack pointer so near to the
/// bottom of the alternate stack that no frame fits, and, before 6.12, a view that closes the frame
/// key. What must hold: there the process ends by SIGSEGV, silently, and no other way; everywhere
/// else the attack is a fault of the domain.
#include "linker/symbols.h"
#include "rt/domain/tag.h"
#include "rt/sys/process.h"
#include "tests/attack/canaries.h"
#include "tests/attack/code.h"
#include "tests/attack/limits.h"

namespace {

using attack::Outcome;
using attack::RegisterFile;

constexpr int segmentation = 11;

/// Set before a child is made: it inherits the value.
constinit uint64_t child_rsp = 0;

/// In a child: a genuine fault with rsp as set; then the monitor goes on.
void fault_with_rsp() {
    RegisterFile file = attack::hostile_file();
    file.rip = attack::address_of(attack_undefined);
    file.rsp = child_rsp;
    attack::set_canaries();
    const Outcome outcome = attack::strike(file);
    const bool good = !outcome.returned && outcome.fault.kind == rt::FaultKind::illegal &&
                      attack::contained(outcome, file, "alternate stack");
    rt::sys::exit(good ? 0 : 1);
}

bool ended_by_the_kernel(const harness::ChildEnd &end) {
    return end.signal == segmentation && end.text[0] == '\0';
}

} // namespace

// Each rsp from the bottom up ends the process silently or is contained; once one is contained, all
// above it are.
POSTERN_TEST("attack.limits.alternate_stack_bottom") {
    const uint64_t bottom = rt::domain::alternate_stack(0).begin();
    constexpr uint64_t red_zone = 0x80; // the kernel looks at rsp less the red zone
    constexpr uint64_t step = 0x80;
    uint64_t ended = 0;
    bool contained_before = false;
    for (uint64_t above = red_zone + step; above <= 0x3000; above += step) {
        child_rsp = bottom + above;
        const harness::ChildEnd end = harness::in_child(fault_with_rsp);
        if (ended_by_the_kernel(end)) {
            EXPECT(!contained_before);
            ++ended;
        } else if (!EXPECT(end.exit_status == 0)) {
            rt::log("rsp {} above the bottom: exit {} signal {} {}", rt::Hex{above},
                    end.exit_status, end.signal, end.text);
        }
        contained_before = contained_before || end.exit_status == 0;
    }
    EXPECT(contained_before);
    EXPECT(ended > 0);
}

// rsp just outside of the alternate stack, or anywhere else, is no stack for the kernel.
POSTERN_TEST("attack.limits.beside_the_alternate_stack") {
    const uint64_t bottom = rt::domain::alternate_stack(0).begin();
    const uint64_t others[] = {0,
                               8,
                               ~uint64_t{0},
                               bottom,
                               bottom - 8,
                               bottom - 0x1000,
                               attack::address_of(__arena_start) + POSTERN_SLOT_SIZE,
                               attack::address_of(__arena_start) + POSTERN_SLOT_SIZE + 8};
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
void call_back_for_ever() {
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
POSTERN_TEST("attack.limits.endless_recursion") {
    const harness::ChildEnd end = harness::in_child(call_back_for_ever);
    if (!EXPECT_EQUAL(end.exit_status, 0)) {
        rt::log("exit {} signal {} {}", end.exit_status, end.signal, end.text);
    }
}

POSTERN_TEST("attack.limits.closed_frame_key") {
    const harness::ChildEnd end = harness::in_child(close_frame_key);
    if (attack::frame_key_must_be_open()) {
        EXPECT(ended_by_the_kernel(end));
    } else {
        EXPECT_EQUAL(end.exit_status, 0);
    }
}
