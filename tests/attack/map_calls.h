/// System calls that a domain would change the memory map with, and what they aim at.
#pragma once

#include "tests/attack/strike.h"

namespace attack {

/// A system call: its number and its arguments, `place` for the address it aims at.
struct Call {
    const char *what;
    uint64_t number;
    uint64_t arguments[6];
};
inline constexpr uint64_t place = 0x91ace;

/// A page that the attacker would like to see changed.
struct Target {
    const char *what;
    uint64_t address;
    bool holds_pages; // private and anonymous ones, which a seal keeps from being discarded
};
inline constexpr size_t target_count = 9;
const Target (&targets())[target_count];

/// Strikes with the call from the attacker's own `syscall` instruction and from the runtime's;
/// fails the case unless each is a Fault{syscall} and the canaries are intact.
void expect_refused(const Call &call, uint64_t address);

/// The same for each call and each target, with fresh canaries.
template <size_t count>
void expect_each_refused(const Call (&calls)[count]);

/// The kernel's answer to the call, made at the runtime's own instruction without dispatch by an
/// attacker that was told the call word. Fails the case if the strike ended otherwise or the
/// canaries are not intact.
long answer_of_served(const Call &call, const Target &target);

void set_canaries();

template <size_t count>
void expect_each_refused(const Call (&calls)[count]) {
    set_canaries();
    for (const Target &target : targets()) {
        for (const Call &call : calls) {
            expect_refused(call, target.address);
        }
    }
}

} // namespace attack
