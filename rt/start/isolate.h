/// What keeps domains apart in this run: protection keys, or, where a program allows it and the
/// machine has none, nothing.
#pragma once

#include "crt/handoff.h"
#include "rt/key/isolation.h"
#include "rt/key/processor.h"

namespace rt::start {

/// Keys, except if three conditions hold: POSTERN_ISOLATION=none is set, the program was built with
/// ALLOW_NO_ISOLATION, and the machine has no protection keys. Then nothing isolates, and a line on
/// standard error says so. Ends the program with one line if POSTERN_ISOLATION is set and one of
/// the conditions fails, and if the machine lacks what is needed. So no environment makes a program
/// weaker than it could be on that machine.
key::Isolation choose_isolation(const crt::Handoff &handoff, const key::Processor &processor);

} // namespace rt::start
