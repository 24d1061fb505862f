/// What keeps domains apart in this run: protection keys, or, where a program allows it and the
/// machine has none, nothing.
#pragma once

#include "crt/handoff.h"
#include "rt/key/isolation.h"
#include "rt/key/processor.h"

namespace rt::start {

/// Keys, unless POSTERN_ISOLATION=none is set, in a program built with ALLOW_NO_ISOLATION, on a
/// machine without protection keys: then nothing, and a line on standard error says so. Ends the
/// program with one line where POSTERN_ISOLATION is set and anything of that does not hold, and
/// where the machine lacks what is needed. So no environment makes a program weaker than it could
/// be on that machine.
key::Isolation choose_isolation(const crt::Handoff &handoff, const key::Processor &processor);

} // namespace rt::start
