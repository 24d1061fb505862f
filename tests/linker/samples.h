/// Strings of bytes made from the one table of encodings: each is an instruction that a row of it
/// means.
#pragma once

#include <string>
#include <vector>

#include "linker/verify/encodings.h"
#include "linker/verify/image.h"

namespace verify_test {

using linker::verify::Bytes;
using linker::verify::Encoding;

/// One string. The bytes that identify the row begin after `prefixes` bytes, and there are `length`
/// of them. The rest belongs to operands, at which the verifier does not look.
struct Sample {
    Bytes bytes;
    unsigned prefixes;
    unsigned length;
    const Encoding *encoding;

    /// The bytes that it is known by.
    Bytes core() const { return {bytes.begin() + prefixes, bytes.begin() + prefixes + length}; }
};

/// Every form of every row: each ModRM that fits, after each escape, with each REX2 payload, and
/// after prefixes that change nothing. `few` takes four of the 128 payloads, and fewer prefixes.
std::vector<Sample> samples(bool few);

/// "0f 01 ef".
std::string text_of(const Bytes &bytes);

} // namespace verify_test
