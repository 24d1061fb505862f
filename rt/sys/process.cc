/// System calls on the process as a whole.
#include "rt/sys/process.h"

#include <asm/unistd.h>
#include <linux/prctl.h>
#include <linux/time.h>
#include <linux/time_types.h>
#include <linux/utsname.h>

#include "rt/sys/call.h"
#include "rt/sys/site_filter.h"

extern "C" {
/// rt/sys/call.S, rt/trap/restore.S: where the two `syscall` instructions end.
extern const char rt_sys_behind_syscall[], rt_trap_behind_sigreturn[];
}

namespace rt::sys {

using base::Done;
using base::Result;

namespace {

constinit bool filtered = false;

} // namespace

void exit(int status) {
    for (;;) {
        call_raw(__NR_exit_group, status);
    }
}

int getpid() {
    return static_cast<int>(call_raw(__NR_getpid));
}

Release kernel_release() {
    new_utsname name{};
    call_raw(__NR_uname, &name);
    Release release;
    static_assert(sizeof release.text == sizeof name.release);
    __builtin_memcpy(release.text, name.release, sizeof release.text);
    return release;
}

Result<Done> arm_dispatch(const volatile char *selector) {
    return result_of<Done>(rt_sys_call(PR_SET_SYSCALL_USER_DISPATCH, PR_SYS_DISPATCH_ON, 0, 0,
                                       reinterpret_cast<long>(selector), 0, __NR_prctl));
}

Result<Done> filter_by_site() {
    const auto given_up = result_of<Done>(call_raw(__NR_prctl, PR_SET_NO_NEW_PRIVS, 1));
    if (!given_up) {
        return given_up;
    }
    SiteFilter filter = site_filter(reinterpret_cast<uint64_t>(rt_sys_behind_syscall),
                                    reinterpret_cast<uint64_t>(rt_trap_behind_sigreturn));
    const sock_fprog program{sizeof filter.steps / sizeof filter.steps[0], filter.steps};
    const auto done = result_of<Done>(call_raw(__NR_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program));
    filtered |= bool(done);
    return done;
}

bool may_execute() {
    return !filtered;
}

void sleep(uint64_t nanoseconds) {
    __kernel_timespec rest{static_cast<__kernel_time64_t>(nanoseconds / 1'000'000'000),
                           static_cast<long long>(nanoseconds % 1'000'000'000)};
    // A signal leaves in `rest` what is left of the time.
    while (call_raw(__NR_nanosleep, &rest, &rest) == -static_cast<long>(base::Errno::interrupted)) {
    }
}

uint64_t monotonic_nanoseconds() {
    __kernel_timespec now{};
    call_raw(__NR_clock_gettime, CLOCK_MONOTONIC, &now);
    return static_cast<uint64_t>(now.tv_sec) * 1'000'000'000 + static_cast<uint64_t>(now.tv_nsec);
}

} // namespace rt::sys
