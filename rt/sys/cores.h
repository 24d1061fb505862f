/// The cores on which processes run.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "rt/base/result.h"
#include "rt/sys/child.h"

namespace rt::sys {

/// A set of cores, by the kernel's numbers.
class Cores {
public:
    static constexpr uint32_t most = 8192; // CONFIG_NR_CPUS of the largest kernels

    /// Those on which this thread may run; all of them if the kernel does not say.
    /// [sched_getaffinity(2)]
    static Cores of_this_thread();

    /// `core` alone, which is less than `most`.
    static constexpr Cores only(uint32_t core) {
        Cores cores;
        cores.words_[core / bits] = uint64_t{1} << core % bits;
        return cores;
    }

    constexpr Cores without(uint32_t core) const {
        Cores cores = *this;
        cores.words_[core / bits] &= ~(uint64_t{1} << core % bits);
        return cores;
    }

    constexpr uint32_t count() const {
        uint32_t count = 0;
        for (const uint64_t word : words_) {
            count += static_cast<uint32_t>(__builtin_popcountll(word));
        }
        return count;
    }

private:
    friend base::Result<base::Done> run_on(Process process, const Cores &cores);
    static constexpr uint32_t bits = 64;
    uint64_t words_[most / bits] = {};
};

/// The core on which this thread runs now. [getcpu(2)]
uint32_t current_core();

/// Has `process`, a child, run on `cores` alone. [sched_setaffinity(2)]
base::Result<base::Done> run_on(Process process, const Cores &cores);

} // namespace rt::sys
