/// Refusing a domain's request: the request ends the domain's call.
#pragma once

#include "rt/base/fault.h"

namespace rt::gate {

/// Records the refusal of request `number` with its five arguments and unwinds.
[[noreturn]] void refuse(base::FaultKind kind, uint64_t number, const uint64_t *arguments);

} // namespace rt::gate
