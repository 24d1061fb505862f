/// Checked copies between the monitor and a domain: the only way to a domain's memory.
#pragma once

#include <stddef.h>

#include "rt/base/fault.h"
#include "rt/base/result.h"
#include "rt/uaccess/claimed.h"

namespace rt::uaccess {

/// Copies `bytes` bytes of `domain`'s memory at `from` to monitor memory, once. Fails with EFAULT,
/// and copies nothing, unless the whole range lies in one region of that domain.
base::Result<base::Done> copy_from_domain(Domain domain, void *to, Claimed from, size_t bytes);

/// The other direction, with the same conditions on `to`.
base::Result<base::Done> copy_to_domain(Domain domain, Claimed to, const void *from, size_t bytes);

} // namespace rt::uaccess
