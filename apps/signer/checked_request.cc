/// From a line of input to a request that was checked.
#include "apps/signer/checked_request.h"

#include "apps/signer/exchange.h"
#include "apps/signer/parser.h"

namespace signer {

namespace {

constexpr const char *reasons[] = {
    nullptr,
    "no such request: it is sign PATH, verify HEX PATH or list",
    "no path",
    "the path is longer than 4095 bytes",
    "the digest is not 64 hexadecimal digits",
    "the path has a control byte",
};
static_assert(sizeof reasons / sizeof *reasons == static_cast<uint64_t>(Verdict::control_byte) + 1);

constinit char path[longest_path + 1];

/// The parser starts each line from memory that the app has set, so that earlier damage to its
/// memory has no effect. After a fault it has been restarted, too.
Outcome<Verdict> parse_in_domain(const InputLine &line, bool planted_bug) {
    const Request nothing{};
    give(Domain::parser, parser::request, &nothing, sizeof nothing);
    give(Domain::parser, parser::line, line.text, line.bytes);
    const auto verdict = rt::call<Domain::parser>(parse, uint64_t{line.bytes}, planted_bug);
    if (!verdict) {
        rt::log("{}", verdict.fault());
        return Refusal{"the parser faulted on this request"};
    }
    return verdict.value();
}

/// Copies the path that the parser points to; returns its length. string_from_domain checks its
/// address against the parser's memory and its length against the app's memory. Its bytes must be
/// allowed in an answer.
Outcome<size_t> take_path(const Request &alleged) {
    const auto bytes =
        rt::string_from_domain(Domain::parser, path, rt::Claimed::from_raw(alleged.path));
    if (!bytes && bytes.error() == rt::Errno::bad_address) {
        return Refusal{"the parser handed over a path that is not in its memory"};
    }
    if (!bytes || bytes.value() == 0) {
        return Refusal{"the parser handed over a path of impossible length"};
    }
    for (size_t i = 0; i < bytes.value(); ++i) {
        if (is_control(path[i])) {
            return Refusal{"the parser handed over a path with a control byte"};
        }
    }
    return bytes.value();
}

Outcome<Checked> check(const Request &alleged) {
    Checked request{static_cast<Verb>(alleged.verb), {}, nullptr, 0};
    switch (request.verb) {
    case Verb::list:
        return request;
    case Verb::sign:
    case Verb::verify:
        break;
    default:
        return Refusal{"the parser handed over no request"};
    }
    const auto taken = take_path(alleged);
    if (!taken) {
        return taken.error();
    }
    __builtin_memcpy(request.wanted.bytes, alleged.digest, sizeof request.wanted.bytes);
    request.path = path;
    request.path_bytes = taken.value();
    return request;
}

} // namespace

Outcome<Checked> read_request(const InputLine &line, bool planted_bug) {
    if (line.kind == InputLine::Kind::too_long) {
        return Refusal{"the line is longer than 4352 bytes"};
    }
    const auto verdict = parse_in_domain(line, planted_bug);
    if (!verdict) {
        return verdict.error();
    }
    if (verdict.value() == Verdict::request) {
        return check(take(Domain::parser, parser::request));
    }
    const auto number = static_cast<uint64_t>(verdict.value());
    if (number >= sizeof reasons / sizeof *reasons) {
        return Refusal{"the parser gave an impossible answer"};
    }
    return Refusal{reasons[number]};
}

} // namespace signer

// Without rests: no bad request has a later, good one refused.
POSTERN_ON_FAULT(rt::restart_always(Domain::parser));
