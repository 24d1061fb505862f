/// System calls on terminals and serial lines.
#pragma once

#include "rt/base/result.h"
#include "rt/sys/file.h"

namespace rt::sys {

/// Whether it is one.
bool is_terminal(Descriptor file);

/// Bytes pass as they are: no translation, no echo, no signals, each one at once.
base::Result<base::Done> set_raw(Descriptor terminal);

/// Waits until all that was written has been sent. EINTR when the domain on whose behalf it waits
/// has no time left (rt/trap/deadline.h).
base::Result<base::Done> drain(Descriptor terminal);

} // namespace rt::sys
