/// The interface of the parser, the only code that reads the contents of a line.
#pragma once

#include "apps/signer/request.h"
#include "rt/rt.h"

namespace signer::parser {

/// All memory of the parser except its stack. The app writes `request` and the bytes of the line
/// before each call, so that no call depends on memory that an earlier call has written or damaged,
/// also where that call ended without a fault. After a fault the parser is restarted.
extern char line[longest_line + 1];
extern Request request;

/// Parses the first `bytes` bytes of `line` into `request`, and ends them by a null byte.
/// `planted_bug` leaves out the check of the digest's length.
Verdict parse(uint64_t bytes, bool planted_bug);

} // namespace signer::parser

namespace signer {

constexpr rt::Entry<Domain::parser, parser::parse> parse;

} // namespace signer
