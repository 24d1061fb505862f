/// Which domain's call is the innermost one.
#pragma once

#include "rt/base/fault.h"

namespace rt::gate {

/// The domain of the innermost call, as this thread's view word says.
Domain current_domain();

} // namespace rt::gate
