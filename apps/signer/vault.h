/// The interface of the vault, the only code and the only memory that has the key.
#pragma once

#include "apps/signer/hmac.h"
#include "rt/rt.h"

namespace signer::vault {

inline constexpr size_t longest_key = 4096;
inline constexpr size_t chunk_bytes = 65536;

/// The part of the vault's memory that the app copies into or out of.
extern uint8_t key[longest_key];
extern uint8_t chunk[chunk_bytes];
extern Digest digest;
extern Digest wanted;

/// Makes the first `bytes` bytes of `key` the key from now on.
void take_key(uint64_t bytes);

/// Starts a signature; goes on with the first `bytes` bytes of `chunk`; ends in `digest`.
void begin();
void add(uint64_t bytes);
void finish();

/// Whether `digest` equals `wanted`, in a time that does not depend on their contents.
bool matches();

} // namespace signer::vault

namespace signer {

constexpr rt::Entry<Domain::vault, vault::take_key> vault_take_key;
constexpr rt::Entry<Domain::vault, vault::begin> vault_begin;
constexpr rt::Entry<Domain::vault, vault::add> vault_add;
constexpr rt::Entry<Domain::vault, vault::finish> vault_finish;
constexpr rt::Entry<Domain::vault, vault::matches> vault_matches;

} // namespace signer
