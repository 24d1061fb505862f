/// What the clock offers. It makes system calls by itself, as code of a C library does.
#pragma once

#include "rt/rt.h"

namespace clock {

/// The seconds that the machine has been running; 0 where the kernel refuses.
uint64_t uptime();
/// Writes a line to the file that has this number in the domain. The kernel's answer.
int64_t say(uint64_t file);
/// Asks for what no row grants.
int64_t sleep();

} // namespace clock

constexpr rt::Entry<Domain::clock, clock::uptime> uptime;
constexpr rt::Entry<Domain::clock, clock::say> say;
constexpr rt::Entry<Domain::clock, clock::sleep> sleep;
