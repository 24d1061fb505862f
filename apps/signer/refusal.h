/// The reason why the answer to a request is an error.
#pragma once

#include "rt/rt.h"

namespace signer {

/// `reason` is a constant text for users.
struct Refusal {
    const char *reason;
};

template <class T>
using Outcome = rt::Result<T, Refusal>;

inline Refusal refusal_of(rt::Errno error) {
    return {rt::text_of(error)};
}

} // namespace signer
