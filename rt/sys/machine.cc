/// System calls on the whole machine.
#include "rt/sys/machine.h"

#include <asm/unistd.h>
#include <linux/reboot.h>
#include <linux/time.h>
#include <linux/time_types.h>

#include "rt/sys/call.h"

namespace rt::sys {

using base::Done;
using base::Errno;
using base::Result;

void sync_disks() {
    call_raw(__NR_sync);
}

Errno power_off() {
    return result_of<Done>(call_raw(__NR_reboot, LINUX_REBOOT_MAGIC1, LINUX_REBOOT_MAGIC2,
                                    LINUX_REBOOT_CMD_POWER_OFF))
        .error();
}

Result<Done> swap_to(const char *disk) {
    return result_of<Done>(call_raw(__NR_swapon, disk, 0));
}

Result<Done> set_clock(int64_t seconds) {
    const __kernel_timespec now{seconds, 0};
    return result_of<Done>(call_raw(__NR_clock_settime, CLOCK_REALTIME, &now));
}

} // namespace rt::sys
