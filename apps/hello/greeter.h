/// What the greeter offers.
#pragma once

#include "rt/rt.h"

namespace greeter {

uint64_t add(uint64_t left, uint64_t right);
void ruin();

} // namespace greeter

constexpr rt::Entry<Domain::greeter, greeter::add> add;
constexpr rt::Entry<Domain::greeter, greeter::ruin> ruin;
