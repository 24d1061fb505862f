/// The few system calls that crt makes before the thread slot exists.
#pragma once

#include <stddef.h>
#include <stdint.h>

/// The one syscall function (rt/sys/call.S), entered after the instruction that opens the selector:
/// before dispatch is armed there is no selector. Returns the kernel's answer, an errno as a
/// negative number.
extern "C" long rt_sys_call_early(long a0, long a1, long a2, long a3, long a4, long a5,
                                  long number);

namespace crt {

/// Ends the program: one line on standard error, exit status 70 (EX_SOFTWARE of sysexits).
[[noreturn]] void give_up(const char *what, long error);

/// `error` is the kernel's answer; ends the program with `what` when it is an errno.
inline void must(long answer, const char *what) {
    if (answer < 0 && answer >= -4095) {
        give_up(what, answer);
    }
}

} // namespace crt
