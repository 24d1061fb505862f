/// The interface of the parser: it finds the first frame in a stranger's bytes.
#pragma once

#include "rt/rt.h"

namespace parser {

inline constexpr size_t most_bytes = 512;

extern char bytes[most_bytes]; // the caller writes what it has received here

/// A frame is a netstring: 5:hello, is one of eight bytes.
enum class Kind : uint16_t { incomplete, whole, wrong };
struct Frame {
    Kind kind;
    uint16_t bytes; // of a whole one
};
/// Looks at the first `count` bytes.
Frame find_frame(uint64_t count);

} // namespace parser

constexpr rt::Entry<Domain::parser, parser::find_frame> find_frame;
