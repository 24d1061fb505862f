/// The entries of the domains in the attacks by name. alice is hostile, bob is honest; neither
/// knows of the other.
#pragma once

#include "rt/rt.h"

namespace alice {

/// Refers to all that she defines in others' places, so that the linker keeps it.
uint64_t hold_on(uint64_t value);

} // namespace alice

namespace bob {

/// 3 * value + 1, by inline functions alone.
uint64_t work(uint64_t value);
uint64_t secret();

} // namespace bob

namespace names {

constexpr rt::Entry<Domain::alice, alice::hold_on> hold_on;
constexpr rt::Entry<Domain::bob, bob::work> work;
constexpr rt::Entry<Domain::bob, bob::secret> secret;

constexpr uint64_t kept = 0x5ec2e7; // bob's secret
constexpr uint64_t bad = 0xbad;     // what alice's functions yield in others' places

} // namespace names
