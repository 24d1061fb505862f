/// The attacker wants anything at all from a jump into the middle of the runtime: to run on under
/// another view, to write outside its memory, to make a system call, to leave the monitor confused.
/// What must hold: after a jump to any byte of gates, windows, trap entry, syscall function and
/// first instructions, with any of the register files, the call has returned or is a fault of the
/// attacker, and all canaries are intact.
#include "tests/attack/canaries.h"
#include "tests/attack/code.h"
#include "tests/attack/ends_emulator.h"
#include "tests/attack/left_out.h"
#include "tests/attack/limits.h"
#include "tests/attack/register_table.h"

namespace {

using attack::Outcome;
using attack::RegisterFile;

struct Counts {
    uint64_t returned = 0;
    uint64_t faulted = 0;
};

enum class Files : uint8_t { ordinary, closing_frame_key };

/// Chooses the register files for a jump to a byte. A wrpkru gets all of them. Each other byte gets
/// those of one slice in eight, if POSTERN_SLICE names one, so that the next commit has others.
class Slice {
public:
    Slice() {
        const char *number = harness::arguments().environment("POSTERN_SLICE");
        is_whole_ = number == nullptr;
        number_ = is_whole_ ? 0 : harness::number_in(number);
    }
    bool has(const char *rip, uint64_t file) const {
        return is_whole_ || attack::is_wrpkru(rip) ||
               (attack::address_of(rip) + file) % slices == number_ % slices;
    }

private:
    static constexpr uint64_t slices = 8;
    bool is_whole_;
    uint64_t number_;
};

/// Some bytes lead into a loop without an end, others with another layout.
constexpr uint64_t time_of_a_jump = 20'000'000; // nanoseconds

/// One jump to every byte with each register file. In the emulator far returns are left out.
Counts jump_everywhere(attack::Code code, Files files) {
    Counts counts;
    bool good = true;
    attack::set_canaries();
    const Slice slice;
    uint64_t number = 0;
    const bool closing = files == Files::closing_frame_key;
    attack::for_each_file(closing, [&](RegisterFile &file, const char *name) {
        ++number;
        for (const char *rip = code.begin; good && rip != code.end; ++rip) {
            if (attack::is_left_out(rip) || !slice.has(rip, number)) {
                continue;
            }
            file.rip = attack::address_of(rip);
            attack::load(file);
            const Outcome outcome = attack::fire_within(time_of_a_jump);
            good = attack::contained(outcome, file, name);
            ++(outcome.returned ? counts.returned : counts.faulted);
        }
    });
    return counts;
}

/// Both kinds of end must occur where both can: a sweep that never gets through a gate shows
/// nothing.
void expect_sweep(attack::Code code, bool some_return) {
    const Counts counts = jump_everywhere(code, Files::ordinary);
    EXPECT(counts.faulted > 0);
    EXPECT((counts.returned > 0) == some_return);
}

void expect_closing_sweep(attack::Code code) {
    if (attack::frame_key_must_be_open()) {
        harness::skip("this kernel writes signal frames under the interrupted view: a domain that "
                      "closes the frame key ends the process (attack.limits.closed_frame_key)");
        return;
    }
    EXPECT(jump_everywhere(code, Files::closing_frame_key).faulted > 0);
}

} // namespace

POSTERN_TEST("attack.gate.jump_everywhere", SHOWS(view_changes_are_compared),
             TRIES(attack_7, attack_39)) {
    expect_sweep(attack::gate_code(), true);
}
POSTERN_TEST("attack.trap.jump_everywhere", SHOWS(trap_entry_proves_the_kernel), TRIES(attack_7)) {
    expect_sweep(attack::trap_code(), false);
}
POSTERN_TEST("attack.syscall.jump_everywhere", SHOWS(domain_makes_no_system_call),
             TRIES(attack_6)) {
    expect_sweep(attack::syscall_code(), false);
}
POSTERN_TEST("attack.start.jump_everywhere", SHOWS(start_cannot_run_again), TRIES(attack_7)) {
    expect_sweep(attack::start_code(), false);
}

/// Whether the bytes that the sweeps leave out in the emulator were among them.
POSTERN_TEST("attack.gate.jump_everywhere_far_returns_too", TRIES(attack_7)) {
    if (attack::is_emulated()) {
        harness::skip(
            "the emulator's far returns read the stack with the kernel's rights, which stops "
            "the guest: bytes that decode as one need a real processor");
        return;
    }
    size_t far_returns = 0;
    for (const char *rip = attack::gate_code().begin; rip != attack::gate_code().end; ++rip) {
        far_returns += attack::may_end_emulator(rip) ? 1 : 0;
    }
    EXPECT(far_returns > 0);
}

POSTERN_TEST("attack.gate.jump_everywhere_closing_the_frame_key", TRIES(attack_87)) {
    expect_closing_sweep(attack::gate_code());
}
POSTERN_TEST("attack.trap.jump_everywhere_closing_the_frame_key", TRIES(attack_87)) {
    expect_closing_sweep(attack::trap_code());
}
