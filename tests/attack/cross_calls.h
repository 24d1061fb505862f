/// The cross call of the attack tests: what the attacker may honestly call in its victim.
#pragma once

#include "rt/entry/cross_call.h"
#include "tests/attack/strike.h"

namespace attack {

/// Runs in bob: counts its calls and yields the sum of its arguments.
uint64_t add(uint64_t a, uint64_t b, uint64_t c, uint64_t d, uint64_t e);
inline constexpr rt::Entry<Domain::bob, add> add_entry;
inline constexpr rt::CrossCall<1, Domain::alice, add_entry> to_add;
/// bob's own: alice may not make it. It has the attacker strike with the file last loaded.
inline constexpr rt::Entry<Domain::alice, strike_from_alice> strike_entry;
inline constexpr rt::CrossCall<2, Domain::bob, strike_entry> to_strike;

/// A hostile_file with rip at rt_gate_cross, which makes the honest cross call and lands.
RegisterFile cross_call_file();

/// The address of the first row of the table.
uint64_t cross_call_row();

/// How often bob's code has run for a cross call.
uint64_t times_added();

} // namespace attack
