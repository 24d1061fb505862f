/// What the processor says of protection keys.
#include "rt/key/processor.h"

#include "rt/base/slot.h"

namespace rt::key {

namespace {

struct Leaf {
    uint32_t eax, ebx, ecx, edx;
};

/// [sdm-2 CPUID]. The macros of clang 14's cpuid.h let two outputs share a register here.
Leaf cpuid(uint32_t leaf, uint32_t subleaf) {
    Leaf answer;
    asm("cpuid"
        : "=a"(answer.eax), "=b"(answer.ebx), "=c"(answer.ecx), "=d"(answer.edx)
        : "a"(leaf), "c"(subleaf));
    return answer;
}

/// [sdm-2 XGETBV]
uint32_t enabled_state() {
    uint32_t low;
    uint32_t high;
    asm("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    return low;
}

} // namespace

bool has_protection_keys() {
    constexpr uint32_t ospke = 1u << 4;
    return cpuid(0, 0).eax >= 7 && (cpuid(7, 0).ecx & ospke) != 0;
}

uint32_t pkru_offset() {
    return cpuid(0xd, 9).ebx;
}

uint64_t vector_depth() {
    constexpr uint32_t avx = 1u << 2;
    constexpr uint32_t avx512 = 7u << 5;
    const uint32_t enabled = enabled_state();
    if ((enabled & avx) == 0) {
        return RT_DEPTH_SSE;
    }
    return (enabled & avx512) == avx512 ? RT_DEPTH_AVX512 : RT_DEPTH_AVX;
}

} // namespace rt::key
