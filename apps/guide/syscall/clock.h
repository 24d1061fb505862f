/// The interface of the clock. It executes `syscall` itself, as code of a C library does.
#pragma once

#include "rt/rt.h"

namespace clock {

/// The seconds that the machine has been running; 0 if the kernel refuses.
uint64_t uptime();
/// Writes a line to the file that has this number in the domain. Returns the kernel's answer.
int64_t say(uint64_t file);
/// Makes a system call that no row grants.
int64_t sleep();

} // namespace clock

constexpr rt::Entry<Domain::clock, clock::uptime> uptime;
constexpr rt::Entry<Domain::clock, clock::say> say;
constexpr rt::Entry<Domain::clock, clock::sleep> sleep;
