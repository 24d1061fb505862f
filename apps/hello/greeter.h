/// The interface of the greeter: functions, and an entry for each that may be called.
#pragma once

#include "rt/rt.h"

namespace greeter {

uint64_t greet(uint64_t guests);
uint64_t pry(uint64_t address);

} // namespace greeter

constexpr rt::Entry<Domain::greeter, greeter::greet> greet;
constexpr rt::Entry<Domain::greeter, greeter::pry> pry;
