/// The attacker wants the way back from a signal for itself: the functions that load a view, a
/// selector and an instruction pointer at once, from a block that it has written itself. What must
/// hold: after a jump to any byte of them the call has returned or is a fault of the attacker, all
/// canaries are intact, and whatever runs of its block runs under its own view, with the selector
/// closed and with flags that no gate takes.
#include "tests/attack/canaries.h"
#include "tests/attack/code.h"
#include "tests/attack/ends_emulator.h"

extern "C" {
/// rt/trap/resume.S.
extern const char rt_trap_return[], rt_trap_resume_domain[], rt_trap_resume_monitor[];
extern const char rt_trap_resume_end[];
}

namespace {

using attack::address_of;
using attack::Outcome;
using attack::RegisterFile;

constexpr uint64_t interrupt_enabled = 0x202;
/// None; DF, NT, AC, ID; IOPL and VM, which no program may set; TF.
constexpr uint64_t flag_rows[] = {0, 0x244400, 0x23000, 0x100};

/// The words that iretq takes, put on the attacker's own stack.
struct Block {
    uint64_t rax, rcx, rdx, rip, cs, flags, rsp, ss;
};
constexpr uint64_t to_iretq = offsetof(Block, rip);

POSTERN_BSS(alice) alignas(16) Block forged[2];

/// Puts a block into the attacker's memory; where iretq finds it.
uint64_t forge(uint64_t rip, uint64_t flags) {
    const Block block{attack::views.monitor,
                      0,
                      0,
                      rip,
                      attack::user_code,
                      interrupt_enabled | flags,
                      attack::own_stack(),
                      attack::user_data};
    EXPECT(bool(rt::copy_to_domain(Domain::alice, rt::Claimed::of(forged), &block, sizeof block)));
    return address_of(forged) + to_iretq;
}

RegisterFile file_at(const char *rip, uint64_t rsp, uint32_t view) {
    RegisterFile file = attack::hostile_file();
    file.rip = address_of(rip);
    file.rsp = rsp;
    file.rax = view;
    file.rdi = rsp - sizeof(uint64_t); // rt_trap_return takes a frame here
    return file;
}

/// Bytes between the instructions may change rsp before they come to the iretq, and the emulator's
/// dies where that leads nowhere.
bool is_possible(const char *at) {
    const char *functions[] = {rt_trap_return, rt_trap_resume_domain, rt_trap_resume_monitor};
    bool is_instruction = false;
    for (const char *function : functions) {
        is_instruction |= attack::is_instruction_of(function, at);
    }
    return is_instruction || !attack::is_emulated() || !attack::may_end_emulator(at);
}

/// One jump to each byte with this view in eax and this block; what it leads to makes a store.
uint64_t sweep(uint32_t view, uint64_t flags, const volatile void *target) {
    uint64_t strikes = 0;
    bool good = true;
    for (const char *at = rt_trap_return; good && at != rt_trap_resume_end + 2; ++at) {
        if (!is_possible(at)) {
            continue;
        }
        const uint64_t rsp = forge(address_of(attack_poke), flags);
        RegisterFile file = file_at(at, rsp, view);
        file.poke(target, attack::loot);
        for (uint64_t loads_gs = 0; loads_gs != 2; ++loads_gs) {
            file.loads_gs = loads_gs;
            const Outcome outcome = attack::strike(file);
            good = good && attack::contained(outcome, file, "way back");
            ++strikes;
        }
    }
    return strikes;
}

} // namespace

// Its own block under its own view is its own affair: the permitted access. It gains nothing: a
// store to the monitor's memory faults there.
POSTERN_TEST("attack.signal.own_block", SHOWS(way_back_is_nobody_elses), TRIES(attack_70),
             NEEDS_KEYS("compares the view of a fault")) {
    attack::set_canaries();
    const char *iretq = attack::find_bytes(rt_trap_resume_domain, "\x48\xcf", 2);
    RegisterFile file = file_at(iretq, forge(address_of(attack_landing), 0), attack::views.alice);
    const Outcome landed = attack::strike(file);
    EXPECT(landed.returned && landed.value == ATTACK_LANDED);
    EXPECT(attack::contained(landed, file, "own block"));
    forge(address_of(attack_poke), 0);
    file.poke(attack::monitor_canary(0), attack::loot);
    const Outcome poked = attack::strike(file);
    EXPECT(!poked.returned) &&
        EXPECT_FAULT(poked.fault, .kind = rt::FaultKind::write, .domain = Domain::alice,
                     .signal = 11, .code = 4, .address = address_of(attack::monitor_canary(0)),
                     .key = POSTERN_KEY_MONITOR);
    EXPECT_EQUAL(poked.fault.pkru, attack::views.alice);
    EXPECT(attack::contained(poked, file, "own block"));
}

POSTERN_TEST("attack.signal.jump_everywhere_on_the_way_back", SHOWS(way_back_is_nobody_elses),
             TRIES(attack_70)) {
    attack::set_canaries();
    const uint32_t views[] = {attack::views.monitor, 0, attack::views.alice, attack::views.bob,
                              attack::views.window_alice};
    uint64_t strikes = 0;
    for (const uint32_t view : views) {
        const bool is_bobs = view == attack::views.bob;
        for (const uint64_t flags : flag_rows) {
            const volatile void *target =
                is_bobs ? attack::bob_canary()
                        : static_cast<const volatile void *>(attack::monitor_canary(0));
            strikes += sweep(view, flags, target);
        }
    }
    EXPECT(strikes > 5 * 4 * 2 * 25); // views, flags, gs, instructions
}

// To be bob: each wrpkru of the way back with bob's view, and a block that steals his secret.
POSTERN_TEST("attack.signal.resume_as_another_domain", SHOWS(way_back_is_nobody_elses),
             TRIES(attack_8), NEEDS_KEYS("jumps to a wrpkru, which is not there")) {
    attack::set_canaries();
    const char *at = attack::nth_wrpkru(rt_trap_resume_domain, 0);
    const uint32_t foreign[] = {attack::views.bob, attack::views.monitor, 0};
    for (const uint32_t view : foreign) {
        const uint64_t rsp = forge(address_of(attack_steal), 0);
        const RegisterFile file = file_at(at, rsp, view);
        const Outcome outcome = attack::strike(file);
        EXPECT(!outcome.returned) &&
            EXPECT_FAULT(outcome.fault, .kind = rt::FaultKind::gate, .domain = Domain::alice,
                         .signal = 5, .code = 128, .address = 0);
        EXPECT(attack::contained(outcome, file, "another's view"));
    }
    // With its own view it goes on as itself, and what it would steal is closed.
    const RegisterFile file = file_at(at, forge(address_of(attack_steal), 0), attack::views.alice);
    const Outcome outcome = attack::strike(file);
    EXPECT(!outcome.returned && outcome.fault.kind == rt::FaultKind::read);
    EXPECT(attack::contained(outcome, file, "own view"));
}

// A block with flags that no gate takes: the attacker's fault once it comes to a gate.
POSTERN_TEST("attack.signal.flags_in_a_block", SHOWS(way_back_is_nobody_elses), TRIES(attack_70),
             NEEDS_KEYS("a gate faults at its first word before it compares flags")) {
    attack::set_canaries();
    const char *iretq = attack::find_bytes(rt_trap_resume_domain, "\x48\xcf", 2);
    const uint64_t refused[] = {0x400, 0x4000, 0x40000}; // DF, NT, AC
    for (const uint64_t flags : refused) {
        const RegisterFile file =
            file_at(iretq, forge(address_of(rt_gate_leave), flags), attack::views.alice);
        const Outcome outcome = attack::strike(file);
        EXPECT(!outcome.returned) &&
            EXPECT_FAULT(outcome.fault, .kind = rt::FaultKind::gate, .domain = Domain::alice,
                         .signal = 5, .code = 128, .address = 0);
        EXPECT(attack::contained(outcome, file, "flags"));
    }
}

// The restorer and the instructions before it. The store to the selector stops the attacker; after
// it, a closed selector or an unknown word does.
POSTERN_TEST("attack.signal.forged_frame_by_the_way_back", SHOWS(way_back_is_nobody_elses),
             TRIES(attack_4)) {
    attack::set_canaries();
    RegisterFile file = file_at(rt_trap_return, attack::own_stack(), attack::views.alice);
    const Outcome refused = attack::strike(file);
    EXPECT(!refused.returned && refused.fault.kind == rt::FaultKind::write);
    EXPECT(attack::contained(refused, file, "store"));
    file.rip = address_of(__restore_rt);
    const Outcome blocked = attack::strike(file);
    EXPECT(!blocked.returned && blocked.fault.kind == rt::FaultKind::syscall);
    EXPECT_EQUAL(blocked.fault.number, 15);
    EXPECT(attack::contained(blocked, file, "restorer"));
}
