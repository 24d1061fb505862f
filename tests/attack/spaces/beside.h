/// Another process of a test, which ends with the case.
#pragma once

#include <asm/unistd.h>
#include <linux/time_types.h>

#include "rt/sys/call.h"
#include "rt/sys/process.h"
#include "tests/harness/harness.h"

namespace spaces {

inline void sleep(uint64_t nanoseconds) {
    constexpr uint64_t second = 1'000'000'000;
    const __kernel_timespec time{static_cast<long long>(nanoseconds / second),
                                 static_cast<long long>(nanoseconds % second)};
    rt::sys::call_raw(__NR_nanosleep, &time, 0);
}

/// In a process beside: a case that is not over by then waits for ever. It fails with the program.
inline void end_program_after(uint64_t nanoseconds) {
    constexpr long sigkill = 9;
    sleep(nanoseconds);
    rt::sys::call_raw(__NR_kill, rt::sys::call_raw(__NR_getppid), sigkill);
}

class Beside {
public:
    template <class Body>
    explicit Beside(Body body) : process_(rt::sys::call_raw(__NR_clone, sigchld)) {
        if (process_ == 0) {
            constexpr long death_signal = 1; // PR_SET_PDEATHSIG
            rt::sys::call_raw(__NR_prctl, death_signal, sigkill, 0, 0, 0);
            body();
            rt::sys::exit(0);
        }
        EXPECT(process_ > 0);
    }
    ~Beside() {
        if (process_ > 0) {
            constexpr long interrupted = -4; // EINTR
            int status = 0;
            rt::sys::call_raw(__NR_kill, process_, sigkill);
            while (rt::sys::call_raw(__NR_wait4, process_, &status, 0, 0) == interrupted) {
            }
        }
    }
    Beside(const Beside &) = delete;
    Beside &operator=(const Beside &) = delete;

private:
    static constexpr long sigkill = 9, sigchld = 17;
    long process_;
};

} // namespace spaces
