/// Answering requests until the input ends.
#include "apps/signer/serve.h"

#include "apps/signer/answer.h"
#include "apps/signer/checked_request.h"
#include "apps/signer/exchange.h"
#include "apps/signer/file_digest.h"
#include "apps/signer/ledger.h"
#include "apps/signer/vault_call.h"

namespace signer {

namespace {

using Sent = rt::Result<rt::Done>;

constinit bool any_error = false;

Sent refuse(Refusal refusal) {
    any_error = true;
    return Answer().append("error: ").append(refusal.reason).send();
}

Sent refuse(const Checked &request, Refusal refusal) {
    any_error = true;
    return Answer()
        .append("error ")
        .append(request.path, request.path_bytes)
        .append(": ")
        .append(refusal.reason)
        .send();
}

Sent send_signature(const Signed &entry) {
    return Answer()
        .append("ok ")
        .append(entry.digest)
        .append(" ")
        .append(entry.path, entry.path_bytes)
        .send();
}

Sent sign(const Checked &request) {
    if (!ledger_has_room(request.path_bytes)) {
        return refuse(request, {"the list of what was signed is full"});
    }
    const auto done = digest_file(request.path);
    if (!done) {
        return refuse(request, done.error());
    }
    const Signed entry{take(Domain::vault, vault::digest), request.path, request.path_bytes};
    ledger_add(entry);
    return send_signature(entry);
}

Sent verify(const Checked &request) {
    const auto done = digest_file(request.path);
    if (!done) {
        return refuse(request, done.error());
    }
    give(Domain::vault, vault::wanted, &request.wanted, sizeof request.wanted);
    const bool same = call_vault(vault_matches);
    return Answer()
        .append(same ? "verified " : "mismatch ")
        .append(request.path, request.path_bytes)
        .send();
}

Sent list() {
    for (LedgerReader reader; !reader.at_end();) {
        const auto sent = send_signature(reader.next());
        if (!sent) {
            return sent;
        }
    }
    return Answer().append("listed ").append(ledger_count()).send();
}

Sent answer(const InputLine &line, bool planted_bug) {
    const auto request = read_request(line, planted_bug);
    if (!request) {
        return refuse(request.error());
    }
    switch (request.value().verb) {
    case Verb::sign:
        return sign(request.value());
    case Verb::verify:
        return verify(request.value());
    case Verb::list:
        return list();
    }
    __builtin_unreachable();
}

} // namespace

rt::Exit serve(bool planted_bug) {
    for (;;) {
        const auto line = next_line();
        if (!line) {
            rt::log("signer: requests cannot be read: {}", line.error());
            return rt::Exit::usage;
        }
        if (line.value().kind == InputLine::Kind::end) {
            return any_error ? rt::Exit::failure : rt::Exit::success;
        }
        const auto sent = answer(line.value(), planted_bug);
        if (!sent) {
            rt::log("signer: an answer cannot be written: {}", sent.error());
            return rt::Exit::usage;
        }
    }
}

} // namespace signer
