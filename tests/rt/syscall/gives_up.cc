/// The privileges that the process gives up besides system calls, asked of the kernel in an image
/// without a filter.
#include <asm/unistd.h>
#include <linux/mman.h>
#include <linux/prctl.h>

#include "rt/sys/call.h"
#include "tests/harness/harness.h"

namespace {

using rt::syscall::CodeGain;

/// A page of the monitor's own with the given protection.
long map(long protection) {
    return rt::sys::call_raw(__NR_mmap, 0, POSTERN_PAGE, protection, MAP_PRIVATE | MAP_ANONYMOUS,
                             -1);
}

/// The version of the kernel, 6012 for 6.12.
int version() {
    const auto release = rt::sys::kernel_release();
    int parts[2] = {};
    int part = 0;
    for (const char *at = release.text; *at != '\0' && part < 2; ++at) {
        if (*at < '0' || *at > '9') {
            ++part;
        } else {
            parts[part] = parts[part] * 10 + (*at - '0');
        }
    }
    return parts[0] * 1000 + parts[1];
}

} // namespace

POSTERN_TEST("run.privileges.no_program_gains_any", SHOWS(privileges_are_given_up)) {
    EXPECT_EQUAL(rt::sys::call_raw(__NR_prctl, PR_GET_NO_NEW_PRIVS), 1);
}

POSTERN_TEST("run.privileges.no_dump", SHOWS(privileges_are_given_up), TRIES(attack_12)) {
    EXPECT_EQUAL(rt::sys::call_raw(__NR_prctl, PR_GET_DUMPABLE), 0);
}

// For this program alone. [linux mdwe v6.6]
POSTERN_TEST("run.privileges.no_new_code_where_the_kernel_refuses_it",
             SHOWS(privileges_are_given_up), TRIES(attack_20)) {
    const bool refused = rt::guarantees().code_gain == CodeGain::for_this_one;
    EXPECT_EQUAL(refused, version() >= 6006);
    if (!refused) {
        return harness::skip("this kernel does not (Linux 6.6 does)");
    }
    constexpr long eacces = -13;
    const long page = map(PROT_READ | PROT_WRITE);
    EXPECT(page > 0);
    EXPECT_EQUAL(map(PROT_READ | PROT_WRITE | PROT_EXEC), eacces);
    EXPECT_EQUAL(rt::sys::call_raw(__NR_mprotect, page, POSTERN_PAGE, PROT_READ | PROT_EXEC),
                 eacces);
    EXPECT_EQUAL(rt::sys::call_raw(__NR_munmap, page, POSTERN_PAGE), 0);
}
