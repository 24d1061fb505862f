/// The cores on which processes run.
#include "rt/sys/cores.h"

#include <asm/unistd.h>

#include "rt/sys/call.h"

namespace rt::sys {

using base::Done;
using base::Result;

Cores Cores::of_this_thread() {
    Cores cores;
    constexpr long this_thread = 0;
    if (call_raw(__NR_sched_getaffinity, this_thread, sizeof cores.words_, cores.words_) < 0) {
        for (uint64_t &word : cores.words_) {
            word = ~uint64_t{0};
        }
    }
    return cores;
}

uint32_t current_core() {
    uint32_t core = 0;
    static_cast<void>(call_raw(__NR_getcpu, &core));
    return core;
}

Result<Done> run_on(Process process, const Cores &cores) {
    return result_of<Done>(
        call_raw(__NR_sched_setaffinity, process, sizeof cores.words_, cores.words_));
}

} // namespace rt::sys
