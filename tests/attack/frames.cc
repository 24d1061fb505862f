/// The attacker wants the monitor to take a frame of its own making for the kernel's: it fills its
/// registers with forged words, raises one genuine fault, so that the kernel itself puts them on
/// the alternate stack, and then jumps into the trap entry with rsp on them and the monitor's view
/// in eax. What must hold: the monitor reports what the jump itself did, never what the forged
/// frame says.
#include "rt/trap/strategy.h"
#include "tests/attack/alternate_stacks.h"
#include "tests/attack/canaries.h"
#include "tests/attack/code.h"
#include "tests/attack/forgery.h"
#include "tests/attack/left_out.h"

extern "C" {
/// tests/attack/zmm.S, runs in alice.
uint64_t attack_plant_zmm();
extern const char attack_zmm_words[];
}

namespace {

using attack::FrameImage;
using attack::Outcome;
using attack::RegisterFile;

bool is_stale(const rt::Fault &fault) {
    return fault.kind == rt::FaultKind::illegal &&
           fault.registers.rip == attack::address_of(attack_undefined);
}

/// Jumps to every byte of the trap entry with rsp on the planted frame, which `plant` puts there
/// anew before each jump and whose address it returns.
template <class Plant>
void jump_with_planted_frame(const char *name, RegisterFile file, Plant plant) {
    const attack::Code code = attack::trap_code();
    bool good = true;
    for (const char *rip = code.begin; good && rip != code.end; ++rip) {
        if (attack::is_left_out(rip)) {
            continue;
        }
        file.rsp = plant();
        good = EXPECT(file.rsp != 0);
        file.rip = attack::address_of(rip);
        const Outcome outcome = attack::strike(file);
        good = good && EXPECT(!outcome.returned) && EXPECT(!attack::is_forged(outcome.fault)) &&
               EXPECT(!is_stale(outcome.fault));
        good = attack::contained(outcome, file, name) && good;
    }
}

/// The jump's registers are those of the plant but for what wrpkru demands.
void smuggle(const attack::Route &route, bool zeroes_gs) {
    FrameImage image;
    attack::forge(image);
    RegisterFile planting = attack::hostile_file();
    attack::pack_plant(planting, image, route);
    RegisterFile jumping = planting;
    jumping.rax = attack::views.monitor;
    jumping.rcx = jumping.rdx = 0;
    jumping.loads_gs = zeroes_gs;
    attack::set_canaries();
    jump_with_planted_frame(route.name, jumping, [&]() -> uint64_t {
        const Outcome planted = attack::strike(planting);
        EXPECT(!planted.returned) && EXPECT(is_stale(planted.fault));
        return attack::find_planted(image, route);
    });
}

void smuggle_zmm() {
    static_cast<void>(attack_plant_zmm());
}
constexpr rt::Entry<Domain::alice, smuggle_zmm> smuggle_zmm_entry;

} // namespace

POSTERN_TEST("attack.trap.frame_through_general_registers", SHOWS(trap_entry_proves_the_kernel),
             TRIES(attack_27)) {
    smuggle(attack::route(0), false);
    smuggle(attack::route(0), true);
}

POSTERN_TEST("attack.trap.frame_through_xmm", SHOWS(trap_entry_proves_the_kernel),
             TRIES(attack_27)) {
    smuggle(attack::route(1), false);
    smuggle(attack::route(1), true);
}

POSTERN_TEST("attack.trap.frame_through_ymm", SHOWS(trap_entry_proves_the_kernel),
             TRIES(attack_27)) {
    if (!attack::has_ymm()) {
        harness::skip("no AVX: there are no ymm registers to carry a frame");
        return;
    }
    smuggle(attack::route(2), false);
    smuggle(attack::route(2), true);
}

POSTERN_TEST("attack.trap.frame_through_zmm", TRIES(attack_27)) {
    if (!attack::has_zmm()) {
        harness::skip("no AVX-512: there are no zmm16 to zmm31 to carry a whole frame");
        return;
    }
    FrameImage image;
    attack::forge(image);
    const attack::Route whole = {"zmm", 1, sizeof image.words / 8, nullptr};
    attack::set_canaries();
    EXPECT(bool(rt::copy_to_domain(Domain::alice, rt::Claimed::of(attack_zmm_words), image.words,
                                   sizeof image.words)));
    jump_with_planted_frame("zmm", attack::hostile_file(), [&]() -> uint64_t {
        const auto planted = rt::call<Domain::alice>(smuggle_zmm_entry);
        EXPECT(!planted) && EXPECT(planted.fault().kind == rt::FaultKind::illegal);
        return attack::find_planted(image, whole);
    });
}

// The frame of the last genuine fault, once more: the token that proved it must be gone; on the
// frame key the frame itself.
POSTERN_TEST("attack.trap.frame_replayed", SHOWS(trap_entry_proves_the_kernel), TRIES(attack_27)) {
    RegisterFile planting = attack::hostile_file();
    planting.rip = attack::address_of(attack_undefined);
    attack::set_canaries();
    if (rt::trap::frame_strategy() == rt::trap::FrameStrategy::frame_key) {
        EXPECT(!attack::strike(planting).returned) && EXPECT(attack::last_genuine_frame() == 0);
        return;
    }
    jump_with_planted_frame("replay", attack::hostile_file(), [&]() -> uint64_t {
        EXPECT(!attack::strike(planting).returned);
        return attack::last_genuine_frame();
    });
}

// With the frame key the alternate stack is open to the domain: it writes the frame itself.
POSTERN_TEST("attack.trap.frame_written_to_the_stack", SHOWS(trap_entry_proves_the_kernel),
             TRIES(attack_27)) {
    const uint64_t place = attack::place_to_write();
    attack::set_canaries();
    FrameImage image;
    attack::forge(image);
    if (rt::trap::frame_strategy() == rt::trap::FrameStrategy::monitor_key) {
        const auto denied = attack::write_by_alice(image, place);
        EXPECT(!denied) &&
            EXPECT_FAULT(denied.fault(), .kind = rt::FaultKind::write, .domain = Domain::alice,
                         .signal = 11, .code = 4, .address = place, .key = POSTERN_KEY_MONITOR);
        return;
    }
    jump_with_planted_frame("written", attack::hostile_file(), [&]() -> uint64_t {
        EXPECT(bool(attack::write_by_alice(image, place)));
        return place;
    });
}
