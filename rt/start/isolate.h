/// What keeps domains apart in this run: protection keys, address spaces, or, where a program
/// allows it and the machine has no keys, nothing.
#pragma once

#include "crt/handoff.h"
#include "rt/key/isolation.h"
#include "rt/key/processor.h"

namespace rt::start {

/// Keys where the machine has them, and otherwise an address space for each domain. With
/// REQUIRES_KEYS (postern_add_app) always keys. With REQUIRES_ALL_GUARANTEES address spaces also on
/// kernels on which keys are weaker. POSTERN_ISOLATION chooses among what the app allows: `keys`;
/// `space`, on any machine, unless REQUIRES_KEYS; `none`, if ALLOW_NO_ISOLATION, and only where
/// there are no keys. With `none` nothing isolates, and a line on standard error says so.
///
/// Ends the program with one line if the value is none of these, if the app or the machine forbids
/// it, and if the machine lacks what is needed. So no environment takes away the isolation of a
/// program that does not allow it, or that runs where keys are.
key::Isolation choose_isolation(const crt::Handoff &handoff, const key::Processor &processor);

} // namespace rt::start
