/// Refusing a domain's request: the request ends the domain's call.
#pragma once

#include "rt/base/fault.h"

namespace rt::gate {

/// What a domain has asked for: by number, with five arguments.
struct Request {
    uint64_t number;
    const uint64_t *arguments;
    uint64_t stack; // the domain's stack pointer at the gate, as it claims
};

/// Records the refusal of the request and unwinds.
[[noreturn]] void refuse(base::FaultKind kind, const Request &request);

} // namespace rt::gate
