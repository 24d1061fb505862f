/// System calls on the process as a whole.
#include "rt/sys/process.h"

#include <asm/unistd.h>
#include <linux/prctl.h>
#include <linux/time.h>
#include <linux/time_types.h>

#include "rt/sys/call.h"

namespace rt::sys {

using base::Done;
using base::Result;

void exit(int status) {
    for (;;) {
        call_raw(__NR_exit_group, status);
    }
}

int getpid() {
    return static_cast<int>(call_raw(__NR_getpid));
}

Result<Done> arm_dispatch(const volatile char *selector) {
    return result_of<Done>(rt_sys_call(PR_SET_SYSCALL_USER_DISPATCH, PR_SYS_DISPATCH_ON, 0, 0,
                                       reinterpret_cast<long>(selector), 0, __NR_prctl));
}

uint64_t monotonic_nanoseconds() {
    __kernel_timespec now{};
    call_raw(__NR_clock_gettime, CLOCK_MONOTONIC, &now);
    return static_cast<uint64_t>(now.tv_sec) * 1'000'000'000 + static_cast<uint64_t>(now.tv_nsec);
}

} // namespace rt::sys
