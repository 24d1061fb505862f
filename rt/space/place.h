/// On which cores a child runs.
#pragma once

#include "rt/space/child.h"

namespace rt::space {

/// Once at start, before anything below.
void prepare_places();

/// Whether this thread may run on two cores or more, as start-up has found it; children may use
/// the same ones.
bool has_two_cores();

/// The child runs on this thread's core; or, if both spin, on any other one. Asks the kernel only
/// if that has changed.
void place(Child &child);

} // namespace rt::space
