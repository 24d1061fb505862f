/// System calls on the process as a whole.
#include "rt/sys/process.h"

#include <asm/unistd.h>
#include <linux/prctl.h>
#include <linux/resource.h>
#include <linux/time.h>
#include <linux/time_types.h>
#include <linux/utsname.h>

#include "rt/sys/call.h"
#include "rt/sys/file.h"

namespace rt::sys {

using base::Done;
using base::Result;

namespace {

constexpr long mdwe_no_inherit = 2; // [linux prctl.h v6.6]

/// A prctl that takes one number; the others must be 0.
Result<Done> set(long option, long value) {
    return result_of<Done>(call_raw(__NR_prctl, option, value, 0, 0, 0));
}

} // namespace

void exit(int status) {
    for (;;) {
        call_raw(__NR_exit_group, status);
    }
}

int getpid() {
    return static_cast<int>(call_raw(__NR_getpid));
}

ProgramName program_name() {
    ProgramName name{};
    const auto file = open("/proc/self/comm", Access::read);
    if (!file) {
        return name;
    }
    const auto bytes = read(file.value(), name.text, sizeof name.text);
    static_cast<void>(close(file.value()));
    const size_t length = bytes.value_or(0);
    name.text[length == 0 ? 0 : length - 1] = '\0'; // in place of the newline
    return name;
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
    const auto word = reinterpret_cast<long>(selector);
    return result_of<Done>(
        call_raw(__NR_prctl, PR_SET_SYSCALL_USER_DISPATCH, PR_SYS_DISPATCH_ON, 0, 0, word));
}

Result<Done> refuse_new_privileges() {
    return set(PR_SET_NO_NEW_PRIVS, 1);
}

Result<Done> refuse_dumps() {
    return set(PR_SET_DUMPABLE, 0);
}

Result<Done> refuse_core_files() {
    const rlimit64 none{0, 0};
    return result_of<Done>(call_raw(__NR_prlimit64, 0, RLIMIT_CORE, &none, 0));
}

Result<Done> refuse_code_gain(bool inherited) {
    return set(pr_set_mdwe,
               inherited ? mdwe_refuse_exec_gain : mdwe_refuse_exec_gain | mdwe_no_inherit);
}

bool refuses_code_gain() {
    const long bits = call_raw(__NR_prctl, pr_get_mdwe, 0, 0, 0, 0);
    return bits > 0 && (bits & mdwe_refuse_exec_gain) != 0;
}

void sleep(uint64_t nanoseconds) {
    __kernel_timespec rest{static_cast<__kernel_time64_t>(nanoseconds / 1'000'000'000),
                           static_cast<long long>(nanoseconds % 1'000'000'000)};
    // A signal leaves in `rest` what is left of the time.
    while (is_to_go_on(result_of<Done>(call_raw(__NR_nanosleep, &rest, &rest)))) {
    }
}

uint64_t monotonic_nanoseconds() {
    __kernel_timespec now{};
    call_raw(__NR_clock_gettime, CLOCK_MONOTONIC, &now);
    return static_cast<uint64_t>(now.tv_sec) * 1'000'000'000 + static_cast<uint64_t>(now.tv_nsec);
}

} // namespace rt::sys
