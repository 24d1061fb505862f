/// Domain functions that go down through services: into the other domain, or into their own again.
#pragma once

#include "rt/rt.h"

namespace dive {

/// Reaches `depth` services deep, alternating between the domains; the number of frames that kept
/// their stack, or a wrong number when one did not.
uint64_t alternate(uint64_t depth);
/// The same without leaving the domain.
uint64_t again(uint64_t depth);
/// The same as `alternate`, but the deepest frame faults (it reads address 0).
uint64_t sink(uint64_t depth);
/// Reads `address`.
uint64_t fall_to(uint64_t address);

inline constexpr rt::Entry<Domain::alice, alternate> alice;
inline constexpr rt::Entry<Domain::bob, alternate> bob;
inline constexpr rt::Entry<Domain::alice, again> alice_again;
inline constexpr rt::Entry<Domain::alice, sink> sink_alice;
inline constexpr rt::Entry<Domain::bob, sink> sink_bob;
inline constexpr rt::Entry<Domain::alice, fall_to> fall;

} // namespace dive
