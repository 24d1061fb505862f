/// The signatures of this run.
#pragma once

#include "apps/signer/refusal.h"
#include "apps/signer/sha256.h"

namespace signer {

/// One signature.
struct Signed {
    Digest digest;
    const char *path;
    size_t path_bytes;
};

/// Whether a further path of this length fits. It is checked before signing, so that `list` shows
/// every signature.
bool ledger_has_room(size_t path_bytes);

void ledger_add(const Signed &entry);

/// The number of entries.
uint64_t ledger_count();

/// Iterates over the entries in order.
class LedgerReader {
public:
    bool at_end() const;
    Signed next();

private:
    size_t position_ = 0;
};

} // namespace signer
