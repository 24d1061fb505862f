/// The vault's signature of a file, which the app reads for it.
#pragma once

#include "apps/signer/refusal.h"

namespace signer {

/// Leaves the HMAC-SHA-256 of the regular file `path` (null-terminated) in vault::digest.
Outcome<rt::Done> digest_file(const char *path);

} // namespace signer
