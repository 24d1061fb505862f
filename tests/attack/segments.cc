/// The attacker wants the monitor to lose its thread's slot, or to run code of the image in 32-bit
/// mode. It loads gs, which makes its base zero, or jumps to the one wrgsbase with an address of
/// its own. What must hold: whatever follows is a Fault of the attacker, and gs is as it was.
#include "rt/entry/service.h"
#include "tests/attack/canaries.h"
#include "tests/attack/code.h"
#include "tests/attack/cross_calls.h"

namespace {

using attack::Outcome;
using attack::RegisterFile;

POSTERN_BSS(alice) alignas(4096) uint64_t false_slot[1024];

/// Null, and the flat user segments, which any program can load. [linux segment.h v6.12]
constexpr uint64_t selectors[] = {0, 3, attack::user_code, attack::user_code_32, attack::user_data};

/// Whether loading `selector` makes the base of gs zero: some processors keep it for null.
bool makes_base_zero(uint64_t selector) {
    RegisterFile file = attack::hostile_file();
    file.rip = attack::address_of(attack_show_gs);
    file.loads_gs = 1;
    file.gs = selector;
    const Outcome outcome = attack::strike(file);
    EXPECT(!outcome.returned) && EXPECT_EQUAL(outcome.fault.signal, 4);
    return outcome.fault.registers.rax == 0;
}

/// Strikes at `target` with gs loaded with each selector; without it, `target` must be reachable.
template <class Expect>
void with_each_selector(uint64_t target, Expect expect) {
    attack::set_canaries();
    size_t tried = 0;
    for (const uint64_t selector : selectors) {
        if (!makes_base_zero(selector)) {
            continue;
        }
        RegisterFile file = attack::hostile_file();
        file.rip = target;
        file.loads_gs = 1;
        file.gs = selector;
        const Outcome outcome = attack::strike(file);
        EXPECT(!outcome.returned) && expect(outcome.fault, file);
        attack::contained(outcome, file, "gs loaded");
        ++tried;
    }
    EXPECT(tried >= 3);
}

/// The first word that a gate reads through gs: the state, at an address below mmap_min_addr.
bool is_state_read(const rt::Fault &fault, const RegisterFile &) {
    return EXPECT_FAULT(fault, .kind = rt::FaultKind::read, .domain = Domain::alice, .signal = 11,
                        .code = 1, .address = 8);
}

} // namespace

POSTERN_TEST("attack.gs.zero_at_leave", SHOWS(gs_is_repaired), TRIES(attack_34)) {
    RegisterFile honest = attack::hostile_file();
    honest.rip = attack::address_of(rt_gate_leave);
    EXPECT(attack::strike(honest).returned);
    with_each_selector(honest.rip, is_state_read);
}

POSTERN_TEST("attack.gs.zero_at_service", SHOWS(gs_is_repaired), TRIES(attack_34)) {
    with_each_selector(attack::address_of(reinterpret_cast<const void *>(&rt_gate_service)),
                       is_state_read);
}

POSTERN_TEST("attack.gs.zero_at_cross_call", SHOWS(gs_is_repaired), TRIES(attack_34)) {
    with_each_selector(attack::cross_call_file().rip, is_state_read);
}

POSTERN_TEST("attack.gs.zero_at_a_fault", SHOWS(gs_is_repaired), TRIES(attack_73)) {
    with_each_selector(
        attack::address_of(attack_undefined), [](const rt::Fault &fault, const RegisterFile &file) {
            return EXPECT_FAULT(fault, .kind = rt::FaultKind::illegal, .domain = Domain::alice,
                                .signal = 4, .code = 2, .address = file.rip);
        });
}

// Goal: a gs that leads to a slot of the attacker's making, in which the state is what it likes.
// The instructions after the wrgsbase show under which view they run.
POSTERN_TEST("attack.gs.base_of_its_own", SHOWS(gs_is_repaired), TRIES(attack_33)) {
    attack::set_canaries();
    uint64_t words[1024] = {};
    words[1] = 2; // slot_state says `domain`
    EXPECT(
        bool(rt::copy_to_domain(Domain::alice, rt::Claimed::of(false_slot), words, sizeof words)));
    RegisterFile file = attack::hostile_file();
    file.rdi = attack::address_of(false_slot);
    file.rip = attack::address_of(attack::find_bytes(rt_trap_entry, "\xf3\x48\x0f\xae\xdf", 5));
    const Outcome outcome = attack::strike(file);
    EXPECT(!outcome.returned) &&
        EXPECT_FAULT(outcome.fault, .kind = rt::FaultKind::gate, .domain = Domain::alice,
                     .signal = 5, .code = 128, .address = 0);
    attack::contained(outcome, file, "wrgsbase");
}

// Goal: have the bytes of a gate decode as 32-bit code. The image is above 4 GiB, which 32-bit mode
// cannot reach: eip keeps the lower half of the address.
POSTERN_TEST("attack.gate.thirty_two_bit_mode", SHOWS(no_32_bit_mode), TRIES(attack_21)) {
    attack::set_canaries();
    const attack::Code code = attack::gate_code();
    bool good = true;
    for (const char *at = code.begin; good && at != code.end; ++at) {
        RegisterFile file = attack::hostile_file();
        file.way = ATTACK_BY_FAR_JUMP;
        file.far = (attack::address_of(at) & 0xffffffff) | attack::user_code_32 << 32;
        file.rip = attack::address_of(at);
        const Outcome outcome = attack::strike(file);
        good = EXPECT(!outcome.returned) && EXPECT_EQUAL(outcome.fault.signal, 11) &&
               EXPECT(outcome.fault.registers.rip <= 0xffffffff);
        good = attack::contained(outcome, file, "32-bit mode") && good;
    }
}
