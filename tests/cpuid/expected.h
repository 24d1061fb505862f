/// The facts that the runtime must read out of each file of the corpus.
#pragma once

#include <cstdint>
#include <span>

namespace cpuid {

enum class Vectors : uint64_t { sse = 0, avx = 1, avx512 = 2 };

/// From the models' definitions, not from the decoder: manuals of the processors, QEMU's table.
struct Expected {
    const char *file;
    const char *vendor;
    uint32_t family, model, stepping;
    Vectors vectors;
    uint32_t pkru_offset; // 0: the kernel saves no PKRU
    const char *refusal;  // words of the line with which start-up ends, or null where it goes on
    const char *refusal_without_keys; // the same where it was told to do without keys
    bool fsrm;                        // the manual's "fast short REP MOVSB"
    bool avx2;
};

std::span<const Expected> expected();

} // namespace cpuid
