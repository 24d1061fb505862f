/// Restart: a domain's memory is again what it was at start.
#pragma once

#include "rt/base/fault.h"
#include "rt/base/result.h"

namespace rt::life {

/// Ends this life of `domain` and begins the next one: all of its memory is as it was at start.
/// Initialised data comes from the initial copy in the image, which is read-only and on the
/// monitor's key; zero-initialised data, stack and heap are zeros. The domain is not asked what it
/// has changed. Memory of data domains, files and what handlers keep stay as they are. Numbers of
/// granted descriptors are taken back.
///
/// EBUSY while a call into `domain` is open, in a signal handler, and in the domain's own
/// `after_restart` (policy.h). EINVAL for a data domain and
/// for `no_domain`. EFAULT if memory did not obey: the life has ended, and the domain is `gone`.
/// Calls into it are Fault{gone} until a restart succeeds.
///
/// No window may be open. It costs the stores of data and stack, and for a heap what heap.h says.
base::Result<base::Done> restart(Domain domain);

} // namespace rt::life
