/// What the processor is and has, decoded from its own words: pure functions of recorded leaves.
#pragma once

#include "rt/base/slot.h"
#include "rt/key/cpuid.h"

namespace rt::key {

/// Twelve or forty-eight characters of a processor's name, null-terminated.
template <unsigned capacity>
struct Name {
    char text[capacity + 1];
};

/// Decoded leaves. A value whose leaf was not asked for is zero, an empty name, or absent.
struct Processor {
    Name<12> vendor;
    Name<48> brand;
    uint32_t family, model, stepping;
    bool osxsave;  // XSAVE exists and the kernel has it on; without it all below is absent
    bool pku;      // the processor has protection keys ...
    bool ospke;    // ... and the kernel has them on
    bool has_keys; // ... and saves PKRU in signal frames: all that the runtime needs of them
    bool fsgsbase; // rdgsbase and wrgsbase exist
    bool fsrm;     // short `rep movsb` is fast
    bool avx2;     // the processor has AVX2, whether or not the kernel has AVX on
    bool amx;      // tiles, enabled by the kernel; nothing here asks for their use
    uint64_t vector_depth; // how far the kernel has enabled vector registers: RT_WIPE_SSE, ...
    uint64_t unwiped;      // XCR0's bits of registers that domains can use and no gate wipes
    uint32_t xsave_bytes;  // of an XSAVE area with all that the kernel has enabled
    uint32_t pkru_offset;  // of PKRU in an XSAVE area of the standard format, in bytes
    const char *refusal;   // why the runtime cannot run here, or null
    const char *refusal_without_keys; // why it cannot run even without keys, or null
};

/// [sdm-2 CPUID], [sdm-1 13.3]
constexpr Processor decode(const CpuidLeaves &leaves);

namespace decoding {

constexpr bool bit(uint64_t word, unsigned number) {
    return (word >> number & 1) != 0;
}

template <unsigned capacity>
constexpr void append(Name<capacity> &name, unsigned &length, uint32_t four) {
    for (unsigned shift = 0; shift != 32; shift += 8) {
        name.text[length++] = static_cast<char>(four >> shift & 0xff);
    }
}

/// The vendor's name is in ebx, edx, ecx.
constexpr Name<12> vendor_of(const Leaf &leaf) {
    Name<12> name{};
    unsigned length = 0;
    append(name, length, leaf.ebx);
    append(name, length, leaf.edx);
    append(name, length, leaf.ecx);
    return name;
}

constexpr Name<48> brand_of(const CpuidLeaves &leaves) {
    Name<48> name{};
    if (leaves.extended.eax < 0x80000004) {
        return name;
    }
    unsigned length = 0;
    for (const Leaf &leaf : leaves.brand) {
        append(name, length, leaf.eax);
        append(name, length, leaf.ebx);
        append(name, length, leaf.ecx);
        append(name, length, leaf.edx);
    }
    return name;
}

/// The extended family is added to a family of 15. The extended model counts in families 6 and 15.
constexpr void decode_version(uint32_t version, Processor &processor) {
    const uint32_t family = version >> 8 & 0xf;
    const bool has_extended_model = family == 6 || family == 15;
    processor.family = family == 15 ? family + (version >> 20 & 0xff) : family;
    processor.model = (version >> 4 & 0xf) | (has_extended_model ? (version >> 16 & 0xf) << 4 : 0);
    processor.stepping = version & 0xf;
}

constexpr uint64_t depth_of(uint64_t xcr0) {
    constexpr uint64_t avx512 = 7u << 5; // masks, upper halves, upper registers
    if (!bit(xcr0, 2)) {
        return RT_WIPE_SSE;
    }
    return (xcr0 & avx512) == avx512 ? RT_WIPE_AVX512 : RT_WIPE_AVX;
}

/// State that the wipe of this depth does not reach. Three kinds do not count: MPX (3, 4), which
/// only XRSTOR switches on, and no image has one; PKRU (9); tiles (17, 18), which need a permission
/// that the runtime never asks for. [sdm-1 13.1], [linux xstate.rst v6.12]
constexpr uint64_t unwiped_of(uint64_t xcr0) {
    constexpr uint64_t unusable = 3u << 3 | 1u << 9 | 3u << 17;
    constexpr uint64_t wiped[] = {0x3, 0x7, 0xe7}; // by depth
    return xcr0 & ~(unusable | wiped[depth_of(xcr0)]);
}

inline constexpr const char *no_fsgsbase =
    "this processor has no rdgsbase and wrgsbase (CPUID shows no FSGSBASE): the trap entry cannot "
    "repair gs without them";

/// Reasons in the order in which a reader can act on them.
constexpr const char *refusal_of(const Processor &processor, uint64_t xcr0) {
    if (!processor.osxsave) {
        return "this machine has no protection keys (CPUID shows no OSXSAVE, which they need): run "
               "on a processor that has them, or in toolchain/emulate";
    }
    if (!processor.pku) {
        return "this machine has no protection keys (CPUID shows no PKU): run on a processor that "
               "has them, or in toolchain/emulate";
    }
    if (!processor.ospke) {
        return "this kernel leaves the processor's protection keys off (CPUID shows PKU, no "
               "OSPKE): "
               "boot one with CONFIG_X86_INTEL_MEMORY_PROTECTION_KEYS and without nopku, or run in "
               "toolchain/emulate";
    }
    if (!processor.fsgsbase) {
        return no_fsgsbase;
    }
    if (!bit(xcr0, 9)) {
        return "this kernel saves no PKRU in its signal frames (XCR0 without bit 9): the view of a "
               "fault would be unknown";
    }
    return nullptr;
}

/// Requirements of the gates and the trap entry, with or without keys.
constexpr const char *refusal_without_keys_of(const Processor &processor) {
    if (!processor.osxsave) {
        return "this machine has no XSAVE (CPUID shows no OSXSAVE): how many vector registers the "
               "kernel has enabled, and gates must wipe, cannot be known without it";
    }
    return processor.fsgsbase ? nullptr : no_fsgsbase;
}

} // namespace decoding

constexpr Processor decode(const CpuidLeaves &leaves) {
    using decoding::bit;
    Processor processor{};
    processor.vendor = decoding::vendor_of(leaves.vendor);
    processor.brand = decoding::brand_of(leaves);
    decoding::decode_version(leaves.version.eax, processor);
    processor.osxsave = bit(leaves.version.ecx, 27);
    // With XSAVE there is leaf 0DH, and so every leaf below it. Asked for a leaf above their
    // highest one, processors answer with the words of the highest, which would mean nothing here.
    if (processor.osxsave) {
        processor.pku = bit(leaves.features.ecx, 3);
        processor.ospke = bit(leaves.features.ecx, 4);
        processor.has_keys = processor.pku && processor.ospke && bit(leaves.xcr0, 9);
        processor.fsgsbase = bit(leaves.features.ebx, 0);
        processor.fsrm = bit(leaves.features.edx, 4);
        processor.avx2 = bit(leaves.features.ebx, 5);
        processor.amx = bit(leaves.features.edx, 24) && bit(leaves.xcr0, 18);
        processor.xsave_bytes = leaves.saved_state.ebx;
        processor.pkru_offset = bit(leaves.xcr0, 9) ? leaves.saved_pkru.ebx : 0;
    }
    processor.vector_depth = decoding::depth_of(leaves.xcr0);
    processor.unwiped = decoding::unwiped_of(leaves.xcr0);
    processor.refusal = decoding::refusal_of(processor, leaves.xcr0);
    processor.refusal_without_keys = decoding::refusal_without_keys_of(processor);
    return processor;
}

static_assert(decode({}).refusal != nullptr && decode({}).vector_depth == RT_WIPE_SSE);

} // namespace rt::key
