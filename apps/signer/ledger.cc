/// The signatures of this run, in the app's memory.
#include "apps/signer/ledger.h"

namespace signer {

namespace {

/// An entry is a head followed by the path.
struct Head {
    Digest digest;
    uint16_t path_bytes;
};

/// Address space; memory is used only as entries are added. Room for a million paths of 30 bytes.
constinit char entries[64 << 20];
constinit size_t used = 0;
constinit uint64_t count = 0;

} // namespace

bool ledger_has_room(size_t path_bytes) {
    return sizeof(Head) + path_bytes <= sizeof entries - used;
}

void ledger_add(const Signed &entry) {
    if (!ledger_has_room(entry.path_bytes)) {
        rt::panic("signer: the list is full");
    }
    const Head head{entry.digest, static_cast<uint16_t>(entry.path_bytes)};
    __builtin_memcpy(entries + used, &head, sizeof head);
    __builtin_memcpy(entries + used + sizeof head, entry.path, entry.path_bytes);
    used += sizeof head + entry.path_bytes;
    ++count;
}

uint64_t ledger_count() {
    return count;
}

bool LedgerReader::at_end() const {
    return position_ == used;
}

Signed LedgerReader::next() {
    Head head;
    __builtin_memcpy(&head, entries + position_, sizeof head);
    const char *path = entries + position_ + sizeof head;
    position_ += sizeof head + head.path_bytes;
    return {head.digest, path, head.path_bytes};
}

} // namespace signer
