/// What this run has signed.
#pragma once

#include "apps/signer/refusal.h"
#include "apps/signer/sha256.h"

namespace signer {

/// One signature that was given.
struct Signed {
    Digest digest;
    const char *path;
    size_t path_bytes;
};

/// Whether a further path of this length fits; asked before it is signed, so that nothing is signed
/// that `list` would not show.
bool ledger_has_room(size_t path_bytes);

void ledger_add(const Signed &entry);

/// How many there are.
uint64_t ledger_count();

/// Goes through the entries in their order.
class LedgerReader {
public:
    bool at_end() const;
    Signed next();

private:
    size_t position_ = 0;
};

} // namespace signer
