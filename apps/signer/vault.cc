/// The vault's code. It calls no other part. It is compiled without vector registers, because a
/// signal frame would show their old contents.
#include "apps/signer/vault.h"

namespace signer::vault {

uint8_t key[longest_key];
uint8_t chunk[chunk_bytes];
Digest digest;
Digest wanted;

namespace {

uint64_t key_bytes;
constinit Hmac signature;

uint64_t at_most(uint64_t limit, uint64_t number) {
    return number < limit ? number : limit;
}

} // namespace

void take_key(uint64_t bytes) {
    key_bytes = at_most(sizeof key, bytes);
}

void begin() {
    signature.begin(key, key_bytes);
}

void add(uint64_t bytes) {
    signature.add(chunk, at_most(sizeof chunk, bytes));
}

void finish() {
    digest = signature.finish();
}

bool matches() {
    volatile uint8_t difference = 0;
    for (size_t i = 0; i < sizeof digest.bytes; ++i) {
        difference = static_cast<uint8_t>(difference | (digest.bytes[i] ^ wanted.bytes[i]));
    }
    return difference == 0;
}

} // namespace signer::vault
