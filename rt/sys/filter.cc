/// System call filters.
#include "rt/sys/filter.h"

#include <asm/unistd.h>
#include <linux/filter.h>
#include <linux/seccomp.h>

#include "rt/sys/call.h"
#include "rt/sys/process.h"

namespace rt::sys {

using base::Done;
using base::Result;

namespace {

constinit bool filtered = false;

} // namespace

bool has_filters() {
    const uint32_t action = SECCOMP_RET_TRAP;
    return bool(result_of<Done>(call_raw(__NR_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action)));
}

Result<Done> install_filter(const void *steps, size_t count, bool ends_programs) {
    const sock_fprog program{static_cast<unsigned short>(count),
                             static_cast<sock_filter *>(const_cast<void *>(steps))};
    const auto done = result_of<Done>(call_raw(__NR_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program));
    if (ends_programs && done) {
        __atomic_store_n(&filtered, true, __ATOMIC_RELEASE);
    }
    return done;
}

bool may_execute() {
    return !__atomic_load_n(&filtered, __ATOMIC_ACQUIRE);
}

} // namespace rt::sys
