/// Words for the memory at the address of a fault.
#pragma once

#include "linker/symbols.h"
#include "rt/base/fault_text.h"

namespace rt::domain {

/// For example "parser's stack overflowed (64 KiB; STACK in postern_add_app)".
void append_overflow(base::Line &line, const linker::RegionRecord &stack);

/// The text at an address that a domain has named: printable, null-terminated, shorter than 200
/// bytes, and in the image's constants, which every domain reads. Otherwise nullptr.
const char *constant_text(uint64_t address);

} // namespace rt::domain
