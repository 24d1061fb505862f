/// The interface of the parser, the only code that reads the contents of a line.
#pragma once

#include "apps/init/directive.h"
#include "rt/rt.h"

namespace init::parser {

/// All memory of the parser except its stack. The app writes `directive` and the bytes of the line
/// before each call, so that damage by one line is gone before the next.
extern char line[longest_line];
extern Directive directive;

/// Parses the first `bytes` bytes of `line` into `directive`. `planted_bug` leaves out the check of
/// the name's length.
Verdict parse(uint64_t bytes, bool planted_bug);

} // namespace init::parser

namespace init {

constexpr rt::Entry<Domain::parser, parser::parse> parse;

} // namespace init
