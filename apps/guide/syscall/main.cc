/// Grants a domain two system calls, and one file.
#include "clock.h"

// The clock may read the time of clocks 0 and 1, and write to files that it was given.
POSTERN_CALLS(rt::syscall::grant(Domain::clock, __NR_clock_gettime, rt::syscall::scalar(1),
                                 rt::syscall::record_out(16)),
              rt::syscall::grant(Domain::clock, __NR_write, rt::syscall::descriptor(),
                                 rt::syscall::bytes_in(2), rt::syscall::scalar()));

rt::Exit main(rt::Arguments) {
    const auto seconds = rt::call<Domain::clock>(uptime);
    if (!seconds || seconds.value() == 0) {
        return rt::Exit::failure;
    }
    rt::log("the clock read the time");

    // The number stands for this file in this domain only.
    const auto number = rt::grant_descriptor(Domain::clock, rt::sys::Descriptor::error);
    if (!number || rt::call<Domain::clock>(say, uint64_t{number.value()}).value_or(0) <= 0) {
        return rt::Exit::failure;
    }

    const auto slept = rt::call<Domain::clock>(sleep);
    if (slept) {
        return rt::Exit::failure;
    }
    rt::log("{}", slept.fault());
    return rt::Exit::success;
}
