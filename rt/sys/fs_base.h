/// Where this thread's fs points, and the record that gates compare it with.
#pragma once

#include "rt/base/result.h"

namespace rt::sys {

/// Points fs to `base` for the monitor and all domains; a domain needs the right to read there. It
/// is for libraries built with a stack protector, which read their canary at fs:0x28. EPERM for an
/// address that no program can have; then nothing changes. [arch_prctl(2)]
base::Result<base::Done> set_fs_base(const volatile void *base);

/// Records fs as it is. Once, at start, where rdfsbase is known to be permitted.
void record_fs_base();

} // namespace rt::sys
