/// Random numbers of the kernel's.
#pragma once

#include <stddef.h>

#include "rt/base/result.h"

namespace rt::sys {

/// Fills up to 256 bytes with unpredictable values. Early at boot it waits until the kernel has
/// some. [getrandom(2)]
base::Result<base::Done> fill_with_random(void *bytes, size_t count);

} // namespace rt::sys
