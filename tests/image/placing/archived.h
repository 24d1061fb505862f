/// The functions of alice's archive. All of its data is alice's because the archive is, except for
/// data annotated as the album's.
#pragma once

#include "rt/rt.h"

namespace archived {

extern uint64_t initialised;
extern uint64_t zeroed[1024];
extern uint64_t shared_initialised, shared_zeroed[2]; // annotated

/// Sums up both variables and what their pointers lead to, and changes them.
uint64_t count();

/// Logs a line, so that the image holds the service gate.
void greet();

} // namespace archived

constexpr rt::Entry<Domain::alice, archived::count> archived_count;
constexpr rt::Entry<Domain::alice, archived::greet> archived_greet;
