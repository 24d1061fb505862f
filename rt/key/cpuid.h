/// The processor's own words, as it gave them.
#pragma once

#include <stdint.h>

namespace rt::key {

/// One answer of CPUID.
struct Leaf {
    uint32_t eax, ebx, ecx, edx;
    constexpr bool operator==(const Leaf &) const = default;
};

/// The answers from which rt/key/processor.h decodes everything; zero if not asked for.
struct CpuidLeaves {
    Leaf vendor;       // 0: the vendor's name
    Leaf version;      // 1: family, model, stepping; whether the kernel has XSAVE on
    Leaf features;     // 7, 0
    Leaf saved_state;  // 0DH, 0: size of the XSAVE area
    Leaf saved_pkru;   // 0DH, 9: place of PKRU in it
    Leaf extended;     // 80000000H: highest extended leaf
    Leaf brand[3];     // 80000002H to 80000004H
    uint64_t xcr0 = 0; // XCR0: the state that the kernel has enabled; zero without OSXSAVE
};

/// Asks one leaf. On a virtual machine each question is a trap into the hypervisor.
Leaf cpuid(uint32_t leaf, uint32_t subleaf = 0);

/// Offset of PKRU in an XSAVE area of the standard format, in bytes. [sdm-2 CPUID leaf 0DH, 9]
uint32_t pkru_offset();

/// The answers that start-up needs, and no more: version, features, xcr0.
CpuidLeaves read_start_leaves();

/// All of them.
CpuidLeaves read_all_leaves();

} // namespace rt::key
