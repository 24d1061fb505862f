/// Making a call on a domain's behalf.
#pragma once

#include "rt/syscall/calls.h"

namespace rt::syscall {

/// The domain reads the result in rax. It is the kernel's answer to the call made with the
/// monitor's copies, or a negative errno for the first argument that is not as the row says. The
/// domain's pointers are claims; the kernel never sees one.
int64_t make_granted_call(const CallRule &rule, const uint64_t (&arguments)[6]);

} // namespace rt::syscall
