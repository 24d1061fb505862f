/// System calls on the whole machine, for process 1.
#pragma once

#include <stdint.h>

#include "rt/base/result.h"

namespace rt::sys {

/// Writes to disk all data that the kernel still holds. [sync(2)]
void sync_disks();

/// Switches the machine off; comes back only with an Errno. [reboot(2)]
base::Errno power_off();

/// Has the kernel swap to a disk that is prepared for it. [swapon(2)]
base::Result<base::Done> swap_to(const char *disk);

/// Sets the clock of the day: seconds since 1970. [clock_settime(2)]
base::Result<base::Done> set_clock(int64_t seconds);

} // namespace rt::sys
