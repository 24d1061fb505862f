/// Reads the key from its file and passes it to the vault.
#pragma once

#include "apps/signer/refusal.h"

namespace signer {

/// Reads the key, 1 to 4096 raw bytes, passes them to the vault and wipes the only copy of the app.
Outcome<rt::Done> load_key(const char *path);

} // namespace signer
