/// Taking system calls away from domains.
#include "rt/start/interpose.h"

#include "rt/base/panic.h"
#include "rt/base/slot.h"
#include "rt/domain/table.h"
#include "rt/sys/process.h"
#include "rt/syscall/install.h"
#include "rt/trap/install.h"

namespace rt::start {

Mediation interpose_system_calls() {
    const auto armed = sys::arm_dispatch(reinterpret_cast<const char *>(&base::slot().selector));
    if (armed) {
        return Mediation::dispatch;
    }
    if (!domain::has_domains()) {
        return Mediation::nobody;
    }
    const auto filtered = syscall::leave_calls_to_sites();
    if (!filtered) {
        base::panic("this kernel has neither Syscall User Dispatch ({}) nor seccomp filters ({}): "
                    "run Linux 5.11 or newer, or a kernel with CONFIG_SECCOMP_FILTER: otherwise a "
                    "domain could make system calls",
                    armed.error(), filtered.error());
    }
    return Mediation::filter;
}

void try_dispatch() {
    if (!trap::dispatches()) {
        base::panic("this kernel says that it has Syscall User Dispatch, and serves a system call "
                    "under a closed selector");
    }
}

} // namespace rt::start
