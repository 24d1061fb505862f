/// Who is running.
#pragma once

#include "rt/base/fault.h"

namespace rt::gate {

/// The domain whose call is the innermost one, as this thread's view word says.
Domain current_domain();

} // namespace rt::gate
