/// Restart: a domain's memory is again what it was at start.
#pragma once

#include "rt/base/fault.h"
#include "rt/base/result.h"

namespace rt::life {

/// Ends this life of `domain` and begins the next one: all of its memory is as it was at start.
/// Initialised data comes from the initial copy in the image, which is read-only and on the
/// monitor's key; zero-initialised data and stack are zeros. Every byte is written: the domain is
/// not asked what it has changed. Memory of data domains, files and what handlers keep stay as they
/// are.
///
/// EBUSY while a call into `domain` is open, and in a signal handler. EINVAL for a data domain and
/// for `no_domain`. EFAULT if memory did not obey: the life has ended, and the domain is `gone`.
/// Calls into it are Fault{gone} until a restart succeeds.
///
/// No window may be open. Costs the stores of the domain's memory, which the processor does at tens
/// of bytes a cycle in its caches.
base::Result<base::Done> restart(Domain domain);

} // namespace rt::life
