/// The cross call of the signal tests.
#pragma once

#include "rt/entry/cross_call.h"

namespace cross_calls {

/// In bob: does not end when `a` is 0, else doubles it.
uint64_t work(uint64_t a);
inline constexpr rt::Entry<Domain::bob, work> bob_works;
inline constexpr rt::CrossCall<1, Domain::alice, bob_works> to_bob;

/// In alice: crosses to bob, who does not end, and does not end either.
uint64_t cross();
inline constexpr rt::Entry<Domain::alice, cross> alice_crosses;

} // namespace cross_calls
