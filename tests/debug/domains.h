/// What the two domains offer to the debugger's eyes.
#pragma once

#include "rt/rt.h"

namespace stranger {

/// Multiplies by adding; two arguments, a local variable and a variable of the domain to look at.
uint64_t weigh(uint64_t count, uint64_t each);

/// Writes where nothing of the domain's lies, one call deeper.
uint64_t stumble(uint64_t step);

} // namespace stranger

namespace companion {

/// Asks the monitor for a service.
uint64_t greet(uint64_t guests);

} // namespace companion

constexpr rt::Entry<Domain::stranger, stranger::weigh> weigh;
constexpr rt::Entry<Domain::stranger, stranger::stumble> stumble;
constexpr rt::Entry<Domain::companion, companion::greet> greet;
