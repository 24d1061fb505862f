/// Making a call on a domain's behalf.
#pragma once

#include "rt/policy/calls.h"

namespace rt::policy {

/// What the domain reads in rax: the kernel's answer to the call made with the monitor's copies, or
/// the errno, as a negative number, of the first argument that is not as the row says. The domain's
/// pointers are claims; the kernel never sees one.
int64_t perform(const CallRule &rule, const uint64_t (&arguments)[6]);

} // namespace rt::policy
