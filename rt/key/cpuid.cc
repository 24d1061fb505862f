/// The processor's own words, as it gave them.
#include "rt/key/cpuid.h"

#include "rt/key/processor.h"

namespace rt::key {

namespace {

/// XCR0. [sdm-2 XGETBV]
uint64_t read_xcr0() {
    uint32_t low;
    uint32_t high;
    asm("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    return uint64_t{high} << 32 | low;
}

} // namespace

/// [sdm-2 CPUID]. The macros of clang 14's cpuid.h let two outputs share a register here.
Leaf cpuid(uint32_t leaf, uint32_t subleaf) {
    Leaf answer;
    asm("cpuid"
        : "=a"(answer.eax), "=b"(answer.ebx), "=c"(answer.ecx), "=d"(answer.edx)
        : "a"(leaf), "c"(subleaf));
    return answer;
}

uint32_t pkru_offset() {
    return cpuid(0xd, 9).ebx;
}

CpuidLeaves read_start_leaves() {
    CpuidLeaves leaves{};
    leaves.version = cpuid(1);
    if (decode(leaves).osxsave) {
        leaves.features = cpuid(7);
        leaves.xcr0 = read_xcr0();
    }
    return leaves;
}

CpuidLeaves read_all_leaves() {
    CpuidLeaves leaves = read_start_leaves();
    leaves.vendor = cpuid(0);
    leaves.extended = cpuid(0x80000000);
    leaves.saved_state = cpuid(0xd, 0);
    leaves.saved_pkru = cpuid(0xd, 9);
    for (uint32_t part = 0; part < 3; ++part) {
        leaves.brand[part] = cpuid(0x80000002 + part);
    }
    return leaves;
}

} // namespace rt::key
