/// The vault's signature of a file, which the app reads for it.
#include "apps/signer/file_digest.h"

#include "apps/signer/exchange.h"
#include "apps/signer/vault_call.h"

namespace signer {

namespace {

using rt::sys::Descriptor;
using rt::sys::Status;

constinit uint8_t chunk[vault::chunk_bytes];

Outcome<rt::Done> check(const rt::Result<Status> &status) {
    if (!status) {
        return refusal_of(status.error());
    }
    if (status.value().directory) {
        return Refusal{"is a directory"};
    }
    if (!status.value().regular) {
        return Refusal{"not a regular file"};
    }
    return rt::Done{};
}

/// Checks the type before the open, because to open a device can have effects. Checks again after
/// it, because the name may lead elsewhere by then. A file exchanged in between cannot make the
/// open wait.
Outcome<Descriptor> open_regular(const char *path) {
    const auto before = check(rt::sys::status(path));
    if (!before) {
        return before.error();
    }
    const auto file = rt::sys::open(path, rt::sys::Access::read_without_waiting);
    if (!file) {
        return refusal_of(file.error());
    }
    const auto after = check(rt::sys::status(file.value()));
    if (!after) {
        static_cast<void>(rt::sys::close(file.value()));
        return after.error();
    }
    return file.value();
}

Outcome<rt::Done> feed(Descriptor file) {
    call_vault(vault_begin);
    for (;;) {
        const auto got = rt::sys::read(file, chunk, sizeof chunk);
        if (!got) {
            return refusal_of(got.error());
        }
        if (got.value() == 0) {
            call_vault(vault_finish);
            return rt::Done{};
        }
        give(Domain::vault, vault::chunk, chunk, got.value());
        call_vault(vault_add, uint64_t{got.value()});
    }
}

} // namespace

Outcome<rt::Done> digest_file(const char *path) {
    const auto file = open_regular(path);
    if (!file) {
        return file.error();
    }
    const auto done = feed(file.value());
    static_cast<void>(rt::sys::close(file.value()));
    return done;
}

} // namespace signer
