/// The interface of the codec: it packs a text.
#pragma once

#include "rt/rt.h"

namespace codec {

inline constexpr size_t most_in = 4096;
inline constexpr size_t most_out = 100;

extern char in[most_in];   // the caller writes the text here
extern char out[most_out]; // the codec leaves the packed text here

/// Packs the first `bytes` bytes of `in` into `out`: "aaab" becomes "3a1b". Returns the number of
/// bytes in `out`; 0 if `out` is too small.
uint64_t pack(uint64_t bytes);

/// What a hijacked codec might do: it claims more bytes than `out` has.
uint64_t lie();

} // namespace codec

constexpr rt::Entry<Domain::codec, codec::pack> pack;
constexpr rt::Entry<Domain::codec, codec::lie> lie;
