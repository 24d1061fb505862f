/// Which domain's call is the innermost one, and which calls are open.
#pragma once

#include "rt/base/fault.h"

namespace rt::gate {

/// The domain of the innermost call, as this thread's view word says.
Domain current_domain();

/// Whether a call into `domain` is open on this thread: it runs, or waits for a service, a cross
/// call or a call that a service makes. Asks the gate frames, which no domain can write. For the
/// monitor, outside signal handlers.
bool is_call_open(Domain domain);

} // namespace rt::gate
