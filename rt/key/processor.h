/// What the processor says of protection keys.
#pragma once

#include <stdint.h>

namespace rt::key {

/// Whether processor *and* kernel have protection keys: OSPKE, not PKU alone. [sdm-2 CPUID leaf 7]
bool has_protection_keys();

/// Offset of PKRU in an XSAVE area of the standard format, in bytes. [sdm-2 CPUID leaf 0DH, 9]
uint32_t pkru_offset();

/// How far the kernel has enabled vector registers: RT_DEPTH_SSE, _AVX or _AVX512 of rt/base/slot.h.
/// [sdm-1 13.3]
uint64_t vector_depth();

} // namespace rt::key
