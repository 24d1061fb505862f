/// What the two domains offer to the debugger's eyes.
#pragma once

#include "rt/rt.h"

namespace stranger {

/// Multiplies by adding; two arguments, a local variable and a variable of the domain to look at.
uint64_t weigh(uint64_t count, uint64_t each);

/// Writes where nothing of the domain's lies, two calls deeper.
uint64_t stumble(uint64_t step);

} // namespace stranger

namespace companion {

/// Asks the monitor for a service.
uint64_t greet(uint64_t guests);

/// What another domain calls by a cross call.
uint64_t listen(uint64_t words);

} // namespace companion

namespace guide {

/// Crosses to the companion.
uint64_t lead(uint64_t words);

} // namespace guide

constexpr rt::Entry<Domain::stranger, stranger::weigh> weigh;
constexpr rt::Entry<Domain::stranger, stranger::stumble> stumble;
constexpr rt::Entry<Domain::companion, companion::greet> greet;
constexpr rt::Entry<Domain::companion, companion::listen> listen;
constexpr rt::Entry<Domain::guide, guide::lead> lead;
constexpr rt::CrossCall<1, Domain::guide, listen> to_companion;
