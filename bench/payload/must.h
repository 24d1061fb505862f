/// Checks of steps that must succeed: a row that measured something else would be worse than none.
#pragma once

#include "rt/rt.h"

namespace bench {

/// A call that must not end in a fault.
template <class T>
T must(const rt::Result<T, rt::Fault> &result) {
    if (!result) [[unlikely]] {
        rt::panic("a row's call ended in a fault: {}", result.fault());
    }
    return result.value();
}

/// A step of the runtime that must succeed.
template <class T>
T must(const rt::Result<T> &result) {
    if (!result) [[unlikely]] {
        rt::panic("a row's own step failed: {}", result.error());
    }
    return result.value();
}

/// A copy that must be complete.
inline void must(const rt::Copied &copied) {
    if (!copied) [[unlikely]] {
        rt::panic("a row's own copy failed: {}", copied.error());
    }
}

/// A call that must end in a fault of one kind.
template <class T>
void must_fault(const rt::Result<T, rt::Fault> &result, rt::FaultKind kind) {
    if (result || result.fault().kind != kind) [[unlikely]] {
        rt::panic("a row's call did not end in the fault that it measures");
    }
}

} // namespace bench
