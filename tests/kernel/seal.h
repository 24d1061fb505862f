/// mseal(2) on scratch memory: from 6.10 on it seals, before it is no system call.
#pragma once

#include "tests/kernel/answers.h"
#include "tests/kernel/experiment.h"
#include "tests/kernel/version.h"

#include <asm/unistd.h>

#include "rt/sys/call.h"

namespace kernel {

inline bool has_seals() {
    return is_from(6, 10);
}

inline long seal(uintptr_t begin, size_t bytes, unsigned long flags = 0) {
    constexpr long number = 462; // not in every kernel's headers
    return rt::sys::call_raw(number, begin, bytes, flags);
}

/// Seals all of a region inside a child; checks the documented answer of this kernel.
inline void seal_all(Region region) {
    CHILD_EQUAL(seal(region.begin(), region.bytes()), has_seals() ? 0 : enosys);
}

/// A page inside a region.
inline Region page_of(Region region, size_t index) {
    const uintptr_t begin = region.begin() + index * POSTERN_PAGE;
    return Region::from_raw(begin, begin + POSTERN_PAGE);
}

inline long protect(Region region, long protection) {
    return rt::sys::call_raw(__NR_mprotect, region.begin(), region.bytes(), protection);
}

} // namespace kernel
