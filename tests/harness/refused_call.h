/// The form of a refused system call in this image. Its own file, for images whose start is not
/// rt's.
#pragma once

#include "rt/rt.h"

namespace harness {

/// The si_code of a refused system call: SYS_USER_DISPATCH, or SYS_SECCOMP of the filter.
inline int code_of_refused_call() {
    return rt::guarantees().system_calls == rt::Mediation::dispatch ? 2 : 1;
}

} // namespace harness
