/// From a line of input to a request that was checked.
#pragma once

#include "apps/signer/line_reader.h"
#include "apps/signer/refusal.h"
#include "apps/signer/request.h"
#include "apps/signer/sha256.h"

namespace signer {

/// A request in the app's own memory, completely checked.
struct Checked {
    Verb verb;
    Digest wanted;    // of verify
    const char *path; // null-terminated, no control bytes; valid until the next request
    size_t path_bytes;
};

/// Has the parser parse `line` and checks its result. A fault of the parser is logged.
Outcome<Checked> read_request(const InputLine &line, bool planted_bug);

} // namespace signer
