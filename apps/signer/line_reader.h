/// Standard input, line by line.
#pragma once

#include "apps/signer/request.h"
#include "rt/rt.h"

namespace signer {

/// A request line without its end. `text` is good until the next one is asked for.
struct InputLine {
    enum class Kind : uint8_t { whole, too_long, end };
    Kind kind;
    const char *text;
    size_t bytes;
};

/// The next line, as far as it was asked for: what has arrived is served before more is read. The
/// last one needs no line feed. Of a line that is too long nothing is kept. An Errno if input
/// cannot be read.
rt::Result<InputLine> next_line();

} // namespace signer
