/// What the filter of children is to serve, in C++: checks and tests compare its answers with this.
#pragma once

#include "rt/space/filter.h"

namespace rt::space {

/// A system call as it is shown: three arguments and the fourth, by which a futex waits.
struct Call {
    uint64_t a0 = 0, a1 = 0, a2 = 0, a3 = 0;
};

/// Whether the stub's calls include this one. It says in C++ what the filter says in steps. The
/// last byte of the regions is refused as a first one, because it begins no page.
constexpr bool serves(const Places &to, int number, const Call &call) {
    switch (number) {
    case __NR_sched_yield:
    case __NR_rt_sigreturn:
        return true;
    case __NR_futex:
        return (call.a1 == 0 && call.a0 == to.orders_sequence && call.a3 == 0) ||
               (call.a1 == 1 && call.a0 == to.answers_sequence);
    case __NR_munmap:
        return call.a0 == to.builder && call.a1 == POSTERN_PAGE;
    case __NR_mprotect:
        return call.a0 >= to.regions_begin && call.a0 < to.regions_end - 1 && call.a1 > 0 &&
               call.a1 <= to.regions_end - call.a0 && call.a2 < 4;
    default:
        return false;
    }
}

} // namespace rt::space
