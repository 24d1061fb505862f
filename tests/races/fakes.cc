/// What the runtime's files ask of the kernel, for a program with a C library.
#include <errno.h>
#include <linux/futex.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "rt/base/panic.h"
#include "rt/sys/file.h"
#include "rt/sys/futex.h"
#include "rt/sys/process.h"
#include "tests/races/race.h"

namespace rt::sys {

using base::Done;
using base::Errno;
using base::Result;

Result<Done> sleep_while(const uint32_t &word, uint32_t seen, uint64_t nanoseconds) {
    const timespec time{static_cast<time_t>(nanoseconds / 1'000'000'000),
                        static_cast<long>(nanoseconds % 1'000'000'000)};
    const long answer =
        syscall(SYS_futex, &word, FUTEX_WAIT_PRIVATE, seen, nanoseconds == never ? nullptr : &time);
    return answer == 0 ? Result<Done>(Done{}) : Result<Done>(static_cast<Errno>(errno));
}

void wake_sleepers(const uint32_t &word, uint32_t most) {
    syscall(SYS_futex, &word, FUTEX_WAKE_PRIVATE, most);
}

// /proc/self/smaps, which has no mappings here. grants.cc has `close`.
Result<Descriptor> open(const char *, Access) {
    return static_cast<Descriptor>(race::open_file());
}
Result<size_t> read(Descriptor, void *, size_t) {
    return size_t{0};
}

uint64_t monotonic_nanoseconds() {
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return static_cast<uint64_t>(now.tv_sec) * 1'000'000'000 + static_cast<uint64_t>(now.tv_nsec);
}

} // namespace rt::sys

namespace rt::base {

void panic(const Line &line) {
    std::fprintf(stderr, "postern: %.*s\n", static_cast<int>(line.bytes()), line.text());
    std::exit(70);
}

} // namespace rt::base
