/// What the parser offers: it is the only code that looks into a line.
#pragma once

#include "apps/signer/request.h"
#include "rt/rt.h"

namespace signer::parser {

/// All the memory that the parser has beside its stack. The app writes `request` and the
/// bytes of the line before each call, so that no call depends on what the one before it has left
/// or damaged: there is nothing else to restart.
extern char line[longest_line + 1];
extern Request request;

/// Parses the first `bytes` bytes of `line` into `request`; makes a string of them. `planted_bug` leaves out the test of
/// the digest's length.
Verdict parse(uint64_t bytes, bool planted_bug);

} // namespace signer::parser

namespace signer {

constexpr rt::Entry<Domain::parser, parser::parse> parse;

} // namespace signer
