/// Rows with dispatch off, as in a program that does not use it.
#pragma once

#include "bench/payload/must.h"
#include "bench/payload/numbers.h"
#include "bench/payload/row.h"
#include "rt/base/slot.h"
#include "rt/sys/call.h"
#include "rt/sys/process.h"

namespace bench {

/// `run` while dispatch is off. A domain's system calls are not refused meanwhile.
template <Timed run>
uint64_t disarmed(uint64_t loops) {
    constexpr long set_dispatch = 59; // [linux prctl.h v6.12]
    rt::sys::call_raw(number::prctl, set_dispatch, 0, 0, 0, 0);
    const uint64_t ticks = run(loops);
    must(rt::sys::arm_dispatch(reinterpret_cast<const char *>(&rt::base::slot().selector)));
    return ticks;
}

/// The yardstick of system calls: getppid by an instruction of its own.
inline constexpr Timed plain_getppid = disarmed<timed<bench_getppid>>;
inline constexpr auto getppid_name = "getppid";

/// getppid by the runtime's own syscall function.
inline void getppid_by_monitor() {
    rt::sys::call_raw(number::getppid);
}

} // namespace bench
