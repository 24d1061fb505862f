/// Reads the key from its file and passes it to the vault.
#include "apps/signer/key.h"

#include "apps/signer/exchange.h"
#include "apps/signer/vault_call.h"

namespace signer {

namespace {

/// The only memory outside the vault that ever holds key bytes. It has one byte more than the
/// longest key.
constinit uint8_t passing[vault::longest_key + 1];

/// Reads the file to its end or until `passing` is full.
rt::Result<size_t> read_whole(const char *path) {
    const auto file = rt::sys::open(path, rt::sys::Access::read);
    if (!file) {
        return file.error();
    }
    size_t bytes = 0;
    rt::Result<size_t> got = size_t{0};
    do {
        got = rt::sys::read(file.value(), passing + bytes, sizeof passing - bytes);
        bytes += got.value_or(0);
    } while (got.value_or(0) != 0 && bytes < sizeof passing);
    static_cast<void>(rt::sys::close(file.value()));
    return got ? rt::Result<size_t>(bytes) : got;
}

/// The compiler must not remove the wipe because the bytes are never read again.
void wipe() {
    __builtin_memset(passing, 0, sizeof passing);
    asm volatile("" : : "r"(passing) : "memory");
}

Outcome<rt::Done> hand_over(rt::Result<size_t> bytes) {
    if (!bytes) {
        return refusal_of(bytes.error());
    }
    if (bytes.value() == 0) {
        return Refusal{"the key is empty"};
    }
    if (bytes.value() > vault::longest_key) {
        return Refusal{"the key is longer than 4096 bytes"};
    }
    give(Domain::vault, vault::key, passing, bytes.value());
    call_vault(vault_take_key, uint64_t{bytes.value()});
    return rt::Done{};
}

} // namespace

Outcome<rt::Done> load_key(const char *path) {
    const auto done = hand_over(read_whole(path));
    wipe();
    return done;
}

} // namespace signer
