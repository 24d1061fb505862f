/// The smallest file that the verifier reads: one executable segment of given bytes.
#pragma once

#include "linker/verify/image.h"

namespace verify_test {

constexpr uint64_t synthetic_text = 0x200000000000;

/// Throws nothing; the bytes are at synthetic_text, followed by zeros up to a whole page.
linker::verify::Image synthetic(const linker::verify::Bytes &code);

} // namespace verify_test
