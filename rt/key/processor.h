/// What the processor says of protection keys.
#pragma once

#include <stdint.h>

namespace rt::key {

/// Whether processor *and* kernel have protection keys: OSPKE, not PKU alone. [sdm-2 CPUID leaf 7]
bool has_protection_keys();

/// Offset of PKRU in an XSAVE area of the standard format, in bytes. [sdm-2 CPUID leaf 0DH, 9]
uint32_t pkru_offset();

} // namespace rt::key
