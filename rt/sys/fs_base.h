/// Where this thread's fs points, and the record that gates compare it with.
#pragma once

#include "rt/base/result.h"

namespace rt::sys {

/// Points fs to `base` for the monitor and all domains; a domain needs the right to read there. At
/// start fs points to a random canary (point_fs_to_canary), which libraries built with a stack
/// protector read at fs:0x28. EPERM for an address that no program can have; then nothing changes.
/// [arch_prctl(2)]
base::Result<base::Done> set_fs_base(const volatile void *base);

/// Points fs to the thread block in the slot's public page: its own address at fs:0, a random canary
/// at fs:0x28, whose lowest byte is 0, so that no string function copies it whole. It is the same
/// for all domains, which can read it: it shows an overrun, and is no secret from a domain's own
/// code. Once, at start, where rdfsbase is known to be permitted.
void point_fs_to_canary();

} // namespace rt::sys
