/// The key's way from its file into the vault.
#pragma once

#include "apps/signer/refusal.h"

namespace signer {

/// Reads the key, 1 to 4096 bytes as they are, hands them to the vault and wipes the one copy that
/// the app had.
Outcome<rt::Done> load_key(const char *path);

} // namespace signer
