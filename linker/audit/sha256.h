/// SHA-256 of bytes in memory. [fips 180-4]
#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace linker::audit {

/// As 64 hexadecimal digits.
std::string sha256(std::span<const unsigned char> bytes);

} // namespace linker::audit
