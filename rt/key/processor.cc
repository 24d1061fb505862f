/// What the processor says of protection keys.
#include "rt/key/processor.h"

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

} // namespace

bool has_protection_keys() {
    constexpr uint32_t ospke = 1u << 4;
    return cpuid(0, 0).eax >= 7 && (cpuid(7, 0).ecx & ospke) != 0;
}

uint32_t pkru_offset() {
    return cpuid(0xd, 9).ebx;
}

} // namespace rt::key
