/// Standard input, line by line.
#pragma once

#include "apps/signer/request.h"
#include "rt/rt.h"

namespace signer {

/// A request line without its end. `text` is valid until the next line is read.
struct InputLine {
    enum class Kind : uint8_t { whole, too_long, end };
    Kind kind;
    const char *text;
    size_t bytes;
};

/// The next line. Lines that have arrived are returned before more input is read. The last line
/// needs no line feed. A line that is too long is not kept. Returns an Errno if the input cannot be
/// read.
rt::Result<InputLine> next_line();

} // namespace signer
