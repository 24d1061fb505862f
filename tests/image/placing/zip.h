/// The entries of the domain zip, which uses its library.
#pragma once

#include "rt/rt.h"

namespace zip {

constexpr size_t text_bytes = 40000;
extern unsigned char packed[text_bytes];

/// Packs a text to `to` and yields the number of bytes, 0 when zlib refuses.
uint64_t pack(rt::Claimed to);
/// Whether `bytes` bytes of `packed` unpack to the text.
bool unpack(uint64_t bytes);
/// Has the library open a file, which the domain is without.
bool open_a_file();

} // namespace zip

// As zlib's manual has it (zlib.h includes hosted headers).
extern "C" unsigned long compressBound(unsigned long bytes);
