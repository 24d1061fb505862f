/// What alice offers to the debugger's eyes.
#pragma once

#include "rt/rt.h"

namespace alice {

/// Sums up; a local variable and two arguments to look at.
uint64_t weigh(uint64_t count, uint64_t each);

/// Writes where nothing of alice's lies.
uint64_t stumble(uint64_t step);

} // namespace alice

constexpr rt::Entry<Domain::alice, alice::weigh> weigh;
constexpr rt::Entry<Domain::alice, alice::stumble> stumble;
