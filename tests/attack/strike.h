/// One strike: a hostile domain loads a register file of the test's choice and jumps.
#pragma once

#include "tests/attack/register_file.h"
#include "tests/harness/harness.h"

extern "C" {
/// tests/attack/strike.S: places for a file's rip, r11, or stack words.
extern const char attack_poke[], attack_landing[], attack_steal[], attack_undefined[];
extern const char attack_vex_pinsrw[];
extern const char attack_show_gs[], attack_show_fs[];
/// On key 0: return addresses that every view can read.
extern const char attack_poke_words[], attack_steal_words[];
}

namespace attack {

inline uint64_t address_of(const volatile void *object) {
    return reinterpret_cast<uint64_t>(object);
}

/// How a strike ended for the monitor that called the hostile domain.
struct Outcome {
    bool returned;
    uint64_t value;  // when it returned
    rt::Fault fault; // when it did not
};

/// Registers as an attacker would set them who hopes to get to a copy or a store under a foreign
/// view: rdi, rsi, rdx, r8 describe a copy from the attacker's memory over the monitor's first
/// canary page, r11 and all return addresses lead to a store there; ecx and edx are zero, as wrpkru
/// demands; eax is the monitor's view; rsp is the attacker's stack. rip is left to the test.
RegisterFile hostile_file();

/// The attacker's stack pointer in a hostile_file: return addresses above it, room below it.
uint64_t own_stack();

/// Memory of the attacker: 512 bytes of `loot` that it would like to see copied elsewhere.
uint64_t own_memory();

/// Puts the file into the attacker's memory; the copy leaves the attacker's window view in the
/// window word, as honest traffic does.
void load(const RegisterFile &file);

/// Calls the attacker, which strikes with the file last loaded.
Outcome fire();

/// The same for so many nanoseconds at most: an endless loop ends as Fault{deadline}.
Outcome fire_within(uint64_t nanoseconds);

/// In the attacker: what fire() calls there.
uint64_t strike_from_alice();

inline Outcome strike(const RegisterFile &file) {
    load(file);
    return fire();
}

/// The views that matter: PKRU values for eax.
struct Views {
    uint32_t monitor, alice, bob, window_alice, window_bob, initial;
};
extern const Views views;

/// The word that every load of the loot yields, and the first word of bob's secret.
constexpr uint64_t loot = 0x100710071007;
constexpr uint64_t secret = 0x5ec2e75ec2e7;

} // namespace attack
